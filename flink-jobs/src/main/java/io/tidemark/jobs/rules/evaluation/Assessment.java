package io.tidemark.jobs.rules.evaluation;

import io.tidemark.statistics.counts.BinomialCounts;

/**
 * Where a slice stands under a rule at a tick. Numbers that a test does not have are NaN, never 0.
 *
 * @param state what the numbers say, evidence aside
 * @param logEvidence natural logarithm of the e-value against "within the limit"
 * @param pValue p-value of the same hypothesis, for tests that look once
 * @param recent bad units and all units of late; what tells whether a breach is one slice's or its parent's
 * @param observed value that was observed
 * @param limit value that it must not exceed
 * @param lower lower end of the 95 % interval of the observed value
 * @param upper upper end of it
 * @param n observations
 * @param windowMillis length of the window that the observed value rests on
 * @param onsetMillis when it began to go wrong, by the best guess; {@link #UNKNOWN_ONSET} when there is none
 * @param note what more there is to say, for people; may be empty
 */
public record Assessment(
        State state,
        double logEvidence,
        double pValue,
        BinomialCounts recent,
        double observed,
        double limit,
        double lower,
        double upper,
        long n,
        long windowMillis,
        long onsetMillis,
        String note) {

    /** Nobody can tell when it began. */
    public static final long UNKNOWN_ONSET = Long.MIN_VALUE;

    /** What the numbers say. */
    public enum State {
        /** Too little was seen to say anything. */
        INSUFFICIENT,
        /** Within the limit: a breach is over. */
        WITHIN,
        /** Neither: a breach goes on, but none begins. */
        BETWEEN,
        /** Beyond the limit: a breach begins, once the evidence suffices. */
        BEYOND
    }

    /** Nothing can be said. */
    public static final Assessment NONE = plain(State.INSUFFICIENT, Double.NaN, Double.NaN, 0, 0, "");

    /** An assessment without evidence and interval: the value itself decides. */
    public static Assessment plain(State state, double observed, double limit, long n, long windowMillis, String note) {
        return new Assessment(
                state,
                Double.NaN,
                Double.NaN,
                BinomialCounts.NONE,
                observed,
                limit,
                Double.NaN,
                Double.NaN,
                n,
                windowMillis,
                UNKNOWN_ONSET,
                note);
    }

    /** The same, with the time at which it began. */
    public Assessment since(long onset) {
        return new Assessment(
                state, logEvidence, pValue, recent, observed, limit, lower, upper, n, windowMillis, onset, note);
    }

    /** Whether a breach needs evidence besides the state. */
    public boolean needsEvidence() {
        return !Double.isNaN(logEvidence);
    }
}
