package io.tidemark.jobs.judging.judge;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a language model is asked. Templates are files beside this class, {@code prompts/NAME@VERSION.txt}; a released one is
 * never changed, because its scores would not be comparable: it gets a new version.
 *
 * @param id name and version
 * @param scores names of the scores that an answer must have, of the outcome catalogue
 * @param needsContext whether an inference without a context cannot be judged with it
 * @param answerTokens most tokens that an answer may have
 * @param system what the model is told once
 * @param user what it is told of a sample, with {@code {{prompt}}}, {@code {{response}}} and {@code {{context}}}
 */
public record PromptTemplate(
        String id, List<String> scores, boolean needsContext, int answerTokens, String system, String user) {

    /** Every template. */
    public static final List<String> IDS = List.of("answer-quality@1", "grounded-answer@1");

    private static final int LONGEST_TEXT = 24_000;
    private static final Pattern PLACE = Pattern.compile("\\{\\{(prompt|response|context)}}");

    public PromptTemplate {
        scores = List.copyOf(scores);
    }

    /**
     * A template that comes along.
     *
     * @throws IllegalArgumentException when there is none of the id
     */
    public static PromptTemplate load(String id) {
        if (!IDS.contains(id)) {
            throw new IllegalArgumentException("there is no prompt template '%s', only %s".formatted(id, IDS));
        }
        try (InputStream file = PromptTemplate.class.getResourceAsStream("prompts/" + id + ".txt")) {
            return parse(id, new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PromptTemplate parse(String id, String text) {
        String[] parts = text.split("--- (system|user)\\n");
        String[] head = parts[0].split("\\n");
        return new PromptTemplate(
                id,
                Arrays.asList(value(head[0], "scores").split(",\\s*")),
                value(head[1], "context").equals("yes"),
                Integer.parseInt(value(head[2], "answer tokens")),
                parts[1].strip(),
                parts[2].strip());
    }

    private static String value(String line, String name) {
        if (!line.startsWith(name + ": ")) {
            throw new IllegalStateException("a prompt template has '%s' where '%s: ' should be".formatted(line, name));
        }
        return line.substring(name.length() + 2).strip();
    }

    /**
     * What the model is told of a sample. Its texts go in as JSON strings, in one pass: nothing in a text can end it, nor be
     * taken for a place to fill.
     */
    String fill(JudgeSample sample) {
        return PLACE.matcher(user)
                .replaceAll(place -> Matcher.quoteReplacement(quoted(
                        switch (place.group(1)) {
                            case "prompt" -> sample.prompt();
                            case "response" -> sample.response();
                            default -> sample.context();
                        })));
    }

    /** Characters of all that is sent for a sample, at most. */
    int characters(JudgeSample sample) {
        List<String> texts = new ArrayList<>(List.of(sample.prompt(), sample.response()));
        if (needsContext) {
            texts.add(sample.context());
        }
        return system.length()
                + user.length()
                + texts.stream()
                        .mapToInt(text -> Math.min(LONGEST_TEXT, text.length()))
                        .sum();
    }

    private static String quoted(String text) {
        String cut = text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) + " [...]" : text;
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(cut)) + '"';
    }
}
