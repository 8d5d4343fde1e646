package io.tidemark.jobs.judging.judge;

import io.tidemark.jobs.embedding.BatchSettings;
import io.tidemark.jobs.embedding.LengthBatches;
import io.tidemark.jobs.embedding.backend.EmbeddingBackend;
import io.tidemark.jobs.embedding.backend.EmbeddingBackends;
import io.tidemark.jobs.embedding.backend.EmbeddingBackends.BackendSettings;
import io.tidemark.jobs.embedding.backend.EmbeddingException;
import io.tidemark.jobs.embedding.backend.MiniLm;
import io.tidemark.jobs.embedding.tokenizer.WordPieceTokenizer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Nearness of meaning. {@code relevance}: cosine of question and answer; {@code similarity}: cosine of two answers. {@code groundedness}, where a context is known: how
 * near the nearest passage of the context lies to each sentence of the answer, on average. Negative cosines count as 0. That
 * a sentence lies near a passage does not make it true: "not" moves a vector little.
 */
final class EmbeddingJudge implements Judge {

    private static final String VERSION = "1";
    private static final int BATCH = 16;
    private static final int MOST_SENTENCES = 24;
    private static final int MOST_PASSAGES = 48;
    private static final int SHORTEST_SENTENCE = 12;

    private final BackendSettings settings;
    private final String name;
    private final String measure;
    private EmbeddingBackend backend;
    private WordPieceTokenizer tokenizer;

    EmbeddingJudge(BackendSettings settings) {
        this(settings, Judges.EMBEDDING, "relevance");
    }

    private EmbeddingJudge(BackendSettings settings, String name, String measure) {
        this.settings = settings;
        this.name = name;
        this.measure = measure;
    }

    /** A judge of samples whose prompt is one answer and whose response another one to the same request. */
    static EmbeddingJudge ofPairs(BackendSettings settings) {
        return new EmbeddingJudge(settings, Judges.PAIRS, "similarity");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String version() {
        return "%s/%s/%s".formatted(VERSION, MiniLm.NAME, settings.name());
    }

    @Override
    public void open() throws JudgeException {
        EmbeddingBackend opening = EmbeddingBackends.create(settings);
        try {
            opening.open();
            tokenizer = new WordPieceTokenizer(MiniLm.vocabulary(), MiniLm.MAXIMUM_TOKENS);
            backend = opening;
        } catch (EmbeddingException e) {
            opening.close();
            // a server that is not there yet may come; a model that cannot be loaded will not
            throw new JudgeException(e.getMessage(), e, settings.isRemote());
        } catch (IOException e) {
            opening.close();
            throw new JudgeException(e.getMessage(), e, false);
        }
    }

    @Override
    public List<Judgement> judge(List<JudgeSample> samples) throws JudgeException {
        Map<String, float[]> vectors = new LinkedHashMap<>();
        samples.stream().filter(sample -> sample.unjudgeable().isEmpty()).forEach(sample -> {
            vectors.put(sample.prompt(), null);
            vectors.put(sample.response(), null);
            if (!sample.context().isBlank()) {
                sentences(sample.response(), MOST_SENTENCES).forEach(text -> vectors.put(text, null));
                sentences(sample.context(), MOST_PASSAGES).forEach(text -> vectors.put(text, null));
            }
        });
        embed(vectors);
        return samples.stream().map(sample -> judgement(sample, vectors)).toList();
    }

    private void embed(Map<String, float[]> vectors) throws JudgeException {
        record Row(String text, int[] tokens) {}
        List<Row> rows = vectors.keySet().stream()
                .map(text -> new Row(text, tokenizer.encode(text).ids()))
                .toList();
        try {
            for (List<Row> batch : LengthBatches.cut(rows, row -> row.tokens().length, BatchSettings.FOR_PROCESSORS)) {
                float[][] found = backend.embed(batch.stream().map(Row::tokens).toArray(int[][]::new));
                for (int i = 0; i < found.length; i++) {
                    vectors.put(batch.get(i).text(), found[i]);
                }
            }
        } catch (EmbeddingException e) {
            throw new JudgeException(e.getMessage(), e, e.isWorthARetry());
        }
    }

    private Judgement judgement(JudgeSample sample, Map<String, float[]> vectors) {
        if (!sample.unjudgeable().isEmpty()) {
            return Judgement.none(sample.unjudgeable());
        }
        List<Score> scores = new ArrayList<>();
        double nearness = nearness(vectors.get(sample.prompt()), vectors.get(sample.response()));
        scores.add(new Score(measure, nearness, ""));
        if (!sample.context().isBlank()) {
            scores.add(groundedness(sample, vectors));
        }
        return Judgement.free(scores);
    }

    private static Score groundedness(JudgeSample sample, Map<String, float[]> vectors) {
        List<String> passages = sentences(sample.context(), MOST_PASSAGES);
        double sum = 0;
        double lowest = Double.POSITIVE_INFINITY;
        List<String> sentences = sentences(sample.response(), MOST_SENTENCES);
        for (String sentence : sentences) {
            double nearest = passages.stream()
                    .mapToDouble(passage -> nearness(vectors.get(sentence), vectors.get(passage)))
                    .max()
                    .orElse(0);
            sum += nearest;
            lowest = Math.min(lowest, nearest);
        }
        return new Score(
                "groundedness",
                sum / sentences.size(),
                "%d sentences, the least grounded at %.2f".formatted(sentences.size(), lowest));
    }

    private static double nearness(float[] left, float[] right) {
        double cosine = 0;
        for (int i = 0; i < left.length; i++) {
            cosine += (double) left[i] * right[i];
        }
        return Math.min(1, Math.max(0, cosine));
    }

    /** Sentences of some length; the whole text when it has none. */
    private static List<String> sentences(String text, int most) {
        List<String> sentences = Arrays.stream(text.split("(?<=[.!?])\\s+|\\n+"))
                .map(String::strip)
                .filter(part -> part.length() >= SHORTEST_SENTENCE)
                .limit(most)
                .toList();
        return sentences.isEmpty() ? List.of(text) : sentences;
    }

    @Override
    public long highestCostNanoUsd(JudgeSample sample) {
        return 0;
    }

    @Override
    public int batchSize() {
        return BATCH;
    }

    @Override
    public int concurrency() {
        return 1;
    }

    @Override
    public void close() {
        if (backend != null) {
            backend.close();
        }
    }
}
