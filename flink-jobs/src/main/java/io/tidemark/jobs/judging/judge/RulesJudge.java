package io.tidemark.jobs.judging.judge;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What can be said of an answer by looking at it: whether it answers at all, whether it is well formed, and, where a context
 * is known, how many of its content words the context (or the question) holds. It knows nothing of whether it is right.
 */
final class RulesJudge implements Judge {

    private static final String VERSION = "1";
    private static final int BATCH = 64;
    private static final int OPENING_CHARACTERS = 200;
    private static final int CONTENT_WORD_CHARACTERS = 4;
    private static final int LOOP_REPEATS = 4;
    private static final int LOOP_LINE_CHARACTERS = 10;
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private static final Pattern REFUSAL = Pattern.compile(
            "\\b(i('| a)m (really |very )?(sorry|afraid|unable|not able)|i (can ?not|can't|could"
                + " not|couldn't|won't|will not)|i do not have (the )?(ability|access|information)|i don't have (the"
                + " )?(ability|access|information)|as an ai\\b|as a language model)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern DECLINE = Pattern.compile(
            "\\b(can ?not|can't|unable|not able|won't|will not|do not|don't|not (appropriate|possible|capable))\\b",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern FENCE = Pattern.compile("^```(?:json)?\\s*(.*?)\\s*```$", Pattern.DOTALL);

    @Override
    public String name() {
        return Judges.RULES;
    }

    @Override
    public String version() {
        return VERSION;
    }

    @Override
    public void open() {}

    @Override
    public List<Judgement> judge(List<JudgeSample> samples) {
        return samples.stream().map(RulesJudge::judge).toList();
    }

    private static Judgement judge(JudgeSample sample) {
        if (!sample.unjudgeable().isEmpty()) {
            return Judgement.none(sample.unjudgeable());
        }
        List<Score> scores = new ArrayList<>();
        scores.add(score("answered", isRefusal(sample) ? "it declines" : ""));
        scores.add(score("well_formed", fault(sample)));
        if (!sample.context().isBlank()) {
            scores.add(new Score("containment", containment(sample), ""));
        }
        return Judgement.free(scores);
    }

    private static Score score(String name, String fault) {
        return new Score(name, fault.isEmpty() ? 1 : 0, fault);
    }

    private static boolean isRefusal(JudgeSample sample) {
        if (sample.refused() >= 0) {
            return sample.refused() == 1;
        }
        String opening = sample.response()
                .strip()
                .substring(
                        0,
                        Math.min(OPENING_CHARACTERS, sample.response().strip().length()))
                .replace('\u2019', '\'');
        return REFUSAL.matcher(opening).find() && DECLINE.matcher(opening).find();
    }

    /** What is wrong with the form; empty when nothing is. */
    private static String fault(JudgeSample sample) {
        if (sample.schemaValid() == 0) {
            return "its schema is broken";
        }
        String reason = sample.finishReason().toLowerCase(Locale.ROOT);
        if (reason.equals("length") || reason.equals("max_tokens")) {
            return "it is cut off";
        }
        String response = sample.response().strip();
        if (isLooping(response)) {
            return "it repeats itself";
        }
        return isBrokenJson(response) ? "its JSON is broken" : "";
    }

    private static boolean isLooping(String response) {
        return Arrays.stream(response.split("[.!?\\n]+"))
                .map(String::strip)
                .filter(line -> line.length() >= LOOP_LINE_CHARACTERS)
                .collect(Collectors.groupingBy(line -> line.toLowerCase(Locale.ROOT), Collectors.counting()))
                .values()
                .stream()
                .anyMatch(count -> count >= LOOP_REPEATS);
    }

    private static boolean isBrokenJson(String response) {
        var fence = FENCE.matcher(response);
        String text = fence.matches() ? fence.group(1) : response;
        if (!text.startsWith("{") && !text.startsWith("[{")) {
            return false;
        }
        try {
            JSON.readTree(text);
            return false;
        } catch (JacksonException e) {
            return true;
        }
    }

    private static double containment(JudgeSample sample) {
        Set<String> known = contentWords(sample.context());
        known.addAll(contentWords(sample.prompt()));
        Set<String> said = contentWords(sample.response());
        return said.isEmpty() ? 1 : said.stream().filter(known::contains).count() / (double) said.size();
    }

    private static Set<String> contentWords(String text) {
        return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{Nd}]+"))
                .filter(word -> word.length() >= CONTENT_WORD_CHARACTERS
                        || !word.isEmpty() && Character.isDigit(word.charAt(0)))
                .collect(Collectors.toCollection(HashSet::new));
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
    public void close() {}
}
