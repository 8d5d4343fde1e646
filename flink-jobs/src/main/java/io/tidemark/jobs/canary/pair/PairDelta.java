package io.tidemark.jobs.canary.pair;

/** What is compared between the two answers of a pair. The order is part of the job's state. */
public enum PairDelta {
    /** Logarithm of the ratio of the prices. */
    COST(true),
    /** Logarithm of the ratio of the times from request to last token. */
    LATENCY(true),
    /** Refused by the shadow alone: 1; by production alone: -1. */
    REFUSALS(false),
    /** Blocked by a guardrail with the shadow alone: 1; with production alone: -1. */
    GUARDRAIL_BLOCKED(false);

    private static final double SCALE = 1e4;
    private static final double LARGEST_LOG_RATIO = 10;

    private final boolean isRatio;

    PairDelta(boolean isRatio) {
        this.isRatio = isRatio;
    }

    /** Whether it is a logarithm of a ratio, or else a difference. */
    public boolean isRatio() {
        return isRatio;
    }

    /** Value of a pair in ten-thousandths, which add up in any order; null when one of the two does not tell. */
    Long fixedPoint(Answer shadow, Answer production) {
        return switch (this) {
            case COST -> ratio(shadow.costNanoUsd(), production.costNanoUsd());
            case LATENCY -> ratio(shadow.latencyMicros(), production.latencyMicros());
            case REFUSALS -> difference(shadow.refused(), production.refused());
            case GUARDRAIL_BLOCKED -> difference(shadow.blocked(), production.blocked());
        };
    }

    /** Of nothing there is no ratio. */
    private static Long ratio(long shadow, long production) {
        if (shadow <= 0 || production <= 0) {
            return null;
        }
        double log = Math.log(shadow) - Math.log(production);
        return Math.round(SCALE * Math.max(-LARGEST_LOG_RATIO, Math.min(LARGEST_LOG_RATIO, log)));
    }

    private static Long difference(long shadow, long production) {
        return shadow == Answer.UNKNOWN || production == Answer.UNKNOWN ? null : (long) SCALE * (shadow - production);
    }

    static double value(long fixedPoint) {
        return fixedPoint / SCALE;
    }
}
