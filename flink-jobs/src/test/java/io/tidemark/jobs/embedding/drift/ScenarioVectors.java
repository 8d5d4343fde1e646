package io.tidemark.jobs.embedding.drift;

import io.tidemark.jobs.embedding.backend.MiniLm;
import io.tidemark.jobs.embedding.backend.OnnxBackend;
import io.tidemark.jobs.embedding.drift.Scenario.Request;
import io.tidemark.jobs.embedding.tokenizer.WordPieceTokenizer;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Vectors of the texts of requests, from the model itself. */
final class ScenarioVectors {

    private static final int BATCH = 32;

    private ScenarioVectors() {}

    static Map<Integer, float[]> of(List<Request> requests) throws Exception {
        WordPieceTokenizer tokenizer = new WordPieceTokenizer(MiniLm.vocabulary(), MiniLm.MAXIMUM_TOKENS);
        record Text(int id, int[] tokens) {}
        List<Text> texts = Scenario.texts(requests).entrySet().stream()
                .map(text -> new Text(
                        text.getKey(), tokenizer.encode(text.getValue()).ids()))
                .sorted(Comparator.comparingInt(text -> text.tokens().length))
                .toList();
        Map<Integer, float[]> vectors = new HashMap<>();
        try (OnnxBackend backend = OnnxBackend.cpu(1)) {
            backend.open();
            for (int i = 0; i < texts.size(); i += BATCH) {
                List<Text> batch = texts.subList(i, Math.min(texts.size(), i + BATCH));
                float[][] embedded =
                        backend.embed(batch.stream().map(Text::tokens).toArray(int[][]::new));
                for (int k = 0; k < embedded.length; k++) {
                    vectors.put(batch.get(k).id(), embedded[k]);
                }
            }
        }
        return vectors;
    }
}
