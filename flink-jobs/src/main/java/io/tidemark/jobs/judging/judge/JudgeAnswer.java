package io.tidemark.jobs.judging.judge;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.contracts.outcome.OutcomeCatalogue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the text that a language model answered. It may think aloud, or put its JSON between other words. */
final class JudgeAnswer {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_EXPLANATION = 1_000;

    private JudgeAnswer() {}

    /**
     * The scores of the last JSON object in a text that has all of them.
     *
     * @param names scores that must be there, each a number in the range of its outcome
     * @return empty when the text is nonsense: no object has them all, or one is out of its range
     */
    static List<Score> scores(String text, List<String> names) {
        for (int start = text.lastIndexOf('{'); start >= 0; start = text.lastIndexOf('{', start - 1)) {
            JsonNode object = objectAt(text, start);
            if (object != null && names.stream().allMatch(object::has)) {
                return scores(object, names);
            }
        }
        return List.of();
    }

    private static List<Score> scores(JsonNode object, List<String> names) {
        String explanation = object.path("explanation")
                .asText("")
                .replaceAll("\\p{Cntrl}+", " ")
                .strip();
        if (explanation.length() > LONGEST_EXPLANATION) {
            explanation = explanation.substring(0, LONGEST_EXPLANATION);
        }
        List<Score> scores = new ArrayList<>();
        for (String name : names) {
            JsonNode value = object.get(name);
            if (!value.isNumber() || !OutcomeCatalogue.outcome(name).takes(value.doubleValue())) {
                return List.of();
            }
            scores.add(new Score(name, value.doubleValue(), explanation));
        }
        return scores;
    }

    private static JsonNode objectAt(String text, int start) {
        try (JsonParser parser = JSON.createParser(text.substring(start))) {
            JsonNode node = JSON.readTree(parser);
            return node != null && node.isObject() ? node : null;
        } catch (JacksonException e) {
            // a brace that begins no JSON
            return null;
        } catch (IOException e) {
            throw new IllegalStateException("a text in memory can be read", e);
        }
    }
}
