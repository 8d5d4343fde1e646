package io.tidemark.jobs.drift;

/**
 * How far one distribution lies from another, and whether chance explains it.
 *
 * @param statistic the test statistic; NaN for {@link #NONE}
 * @param effect size of the move without the part that chance adds; an unbiased one, such as a squared discrepancy, may lie
 *     below 0; NaN for {@link #NONE}
 * @param pValue probability of so large a statistic when nothing has changed, in [0, 1]; NaN for {@link #NONE}
 */
public record Comparison(double statistic, double effect, double pValue) {

    /** A comparison that could not be made. */
    public static final Comparison NONE = new Comparison(Double.NaN, Double.NaN, Double.NaN);

    public Comparison {
        boolean isNone = Double.isNaN(pValue);
        if (!isNone && (pValue < 0 || pValue > 1 || Double.isNaN(effect))) {
            throw new IllegalArgumentException(
                    "a p-value lies in [0, 1] and an effect is a number, got %s and %s".formatted(pValue, effect));
        }
    }

    /** Whether there is anything to judge. */
    public boolean isKnown() {
        return !Double.isNaN(pValue);
    }

    /** Whether this is significant at a level, and at least of a size. */
    public boolean isMove(double level, double size) {
        return isKnown() && pValue <= level && effect >= size;
    }
}
