package io.tidemark.jobs.judging.judge;

import java.util.List;

/**
 * What a judge says of one sample: scores, or the reason why there is none.
 *
 * @param scores what it says; empty when it came to no score
 * @param unjudged why there is no score; empty when there is one
 * @param costNanoUsd what the answer cost, in billionths of a US dollar; -1 when unknown
 */
public record Judgement(List<Score> scores, String unjudged, long costNanoUsd) {

    /** The inference carries no prompt or no response. */
    public static final String NO_TEXT = "no_text";

    /** Nothing is left of a text but marks of what was taken out. */
    public static final String REDACTED = "redacted";

    /** The judge needs a context, and the inference carries none. */
    public static final String NO_CONTEXT = "no_context";

    /** The judge answered something that is no score. */
    public static final String NONSENSE = "nonsense";

    /** The judge did not answer for as long as a sample waits. */
    public static final String JUDGE_DOWN = "judge_down";

    /** The judge refused the request. */
    public static final String REFUSED_BY_JUDGE = "refused_by_judge";

    /** The money of the day is spent. */
    public static final String OVER_BUDGET = "over_budget";

    /** Stands for a cost that is not known. */
    public static final long UNKNOWN_COST = -1;

    public Judgement {
        scores = List.copyOf(scores);
        if (scores.isEmpty() == unjudged.isEmpty()) {
            throw new IllegalArgumentException(
                    "a judgement has either scores or a reason for none, got %s and '%s'".formatted(scores, unjudged));
        }
    }

    /** Scores that cost nothing. */
    static Judgement free(List<Score> scores) {
        return new Judgement(scores, "", 0);
    }

    /** No score, and nothing was asked that costs money. */
    public static Judgement none(String reason) {
        return new Judgement(List.of(), reason, 0);
    }
}
