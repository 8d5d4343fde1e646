package io.tidemark.jobs.judging.judge;

import java.util.regex.Pattern;

/**
 * The texts of an inference, as far as they are known. Personal data is out of them already.
 *
 * @param prompt what was asked; empty when unknown
 * @param response what was answered; empty when unknown
 * @param context what the answer was to rest on, passages with an empty line between; empty when unknown
 * @param refused 1 when the serving stack says that the model refused, 0 when it says that it did not, -1 when it does not say
 * @param schemaValid the same of whether the output was valid
 * @param finishReason why generation ended, as the provider says; empty when unknown
 */
public record JudgeSample(
        String prompt, String response, String context, int refused, int schemaValid, String finishReason) {

    private static final Pattern REDACTED = Pattern.compile("\\[[A-Z][A-Z_]*]");

    /** A sample of which nothing but its texts is known. */
    public static JudgeSample of(String prompt, String response) {
        return new JudgeSample(prompt, response, "", -1, -1, "");
    }

    /** Why no judge can say anything about it; empty when one can. */
    public String unjudgeable() {
        if (prompt.isBlank() || response.isBlank()) {
            return Judgement.NO_TEXT;
        }
        return isOnlyMarks(prompt) || isOnlyMarks(response) ? Judgement.REDACTED : "";
    }

    /** Whether nothing is left beside the marks of what was taken out. */
    private static boolean isOnlyMarks(String text) {
        return REDACTED.matcher(text).find()
                && REDACTED.matcher(text).replaceAll(" ").chars().noneMatch(Character::isLetterOrDigit);
    }
}
