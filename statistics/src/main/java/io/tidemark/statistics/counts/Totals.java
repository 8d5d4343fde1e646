package io.tidemark.statistics.counts;

import static io.tidemark.statistics.error.InputChecks.atLeast;
import static io.tidemark.statistics.error.InputChecks.between;
import static io.tidemark.statistics.error.InputChecks.finite;

import io.tidemark.statistics.error.InputChecks;

/**
 * Count, sum and sum of squares of the values of one period: the columns that a window row stores.
 *
 * @param count number of values, at least 0
 * @param sum their sum, in the unit of the values
 * @param sumOfSquares sum of their squares, at least 0
 * @throws io.tidemark.statistics.error.StatisticsException NON_FINITE_INPUT, NEGATIVE_COUNT, or OUT_OF_RANGE for a sum of
 *     squares below 0
 */
public record Totals(long count, double sum, double sumOfSquares) {

    /** No value yet: neutral in {@link #plus}. */
    public static final Totals NONE = new Totals(0, 0, 0);

    private static final double ROUNDING_STEPS = 4;

    public Totals {
        finite("sum", sum);
        finite("sumOfSquares", sumOfSquares);
        InputChecks.count("count", count);
        between("sumOfSquares", sumOfSquares, 0, Double.MAX_VALUE);
    }

    /** With one value more. */
    public Totals plus(double value) {
        finite("value", value);
        return new Totals(count + 1, sum + value, sumOfSquares + value * value);
    }

    /** Both sets of values together. */
    public Totals plus(Totals other) {
        return new Totals(count + other.count, sum + other.sum, sumOfSquares + other.sumOfSquares);
    }

    /** Mean of the values; INSUFFICIENT_DATA without one. */
    public double mean() {
        atLeast("count", count, 1);
        return sum / count;
    }

    /**
     * Unbiased sample variance; 0 when the values are equal up to the rounding of the sums; INSUFFICIENT_DATA under two
     * values.
     */
    public double variance() {
        atLeast("count", count, 2);
        double squaredDeviations = sumOfSquares - sum * (sum / count);
        return squaredDeviations <= ROUNDING_STEPS * Math.ulp(sumOfSquares) ? 0 : squaredDeviations / (count - 1);
    }
}
