package io.tidemark.statistics.distance;

import io.tidemark.statistics.error.InputChecks;
import java.util.Arrays;

/**
 * Two checked vectors of counts without the bins that are empty on both sides, and their shares with {@code pseudocount}
 * events added to each bin. Differences of shares keep their relative accuracy up to 1e12 events, where the shares
 * themselves agree in their first digits.
 */
public final class AlignedBins {

    private final double[] baseline;
    private final double[] current;
    private final double baselineTotal;
    private final double currentTotal;

    private AlignedBins(double[] baseline, double[] current, double baselineTotal, double currentTotal) {
        this.baseline = baseline;
        this.current = current;
        this.baselineTotal = baselineTotal;
        this.currentTotal = currentTotal;
    }

    /**
     * Checks and aligns counts.
     *
     * @throws io.tidemark.statistics.error.StatisticsException NEGATIVE_COUNT, LENGTH_MISMATCH, or INSUFFICIENT_DATA
     *     when a side counts nothing
     */
    public static AlignedBins of(long[] baseline, long[] current) {
        return of(asDoubles(baseline), asDoubles(current));
    }

    /** Checks and aligns the states of two sides, as {@link #of(long[], long[])}. */
    public static AlignedBins of(BinCounts baseline, BinCounts current) {
        return of(baseline.counts(), current.counts());
    }

    /**
     * Checks and aligns counts that come as numbers, for example from a file.
     *
     * @throws io.tidemark.statistics.error.StatisticsException NON_FINITE_INPUT, NEGATIVE_COUNT, LENGTH_MISMATCH, or
     *     INSUFFICIENT_DATA when a side counts nothing
     */
    public static AlignedBins of(double[] baseline, double[] current) {
        InputChecks.counts("baseline_counts", baseline);
        InputChecks.counts("current_counts", current);
        InputChecks.sameLength("baseline_counts", baseline.length, "current_counts", current.length);
        double baselineTotal = sum(baseline);
        double currentTotal = sum(current);
        InputChecks.positiveTotal("baseline_counts", baselineTotal);
        InputChecks.positiveTotal("current_counts", currentTotal);
        double[] keptBaseline = new double[baseline.length];
        double[] keptCurrent = new double[baseline.length];
        int kept = 0;
        for (int bin = 0; bin < baseline.length; bin++) {
            if (baseline[bin] + current[bin] > 0) {
                keptBaseline[kept] = baseline[bin];
                keptCurrent[kept++] = current[bin];
            }
        }
        return new AlignedBins(
                Arrays.copyOf(keptBaseline, kept), Arrays.copyOf(keptCurrent, kept), baselineTotal, currentTotal);
    }

    /** Number of bins that hold an event on at least one side. */
    public int size() {
        return baseline.length;
    }

    /** Number of events of the baseline. */
    public double baselineTotal() {
        return baselineTotal;
    }

    /** Number of current events. */
    public double currentTotal() {
        return currentTotal;
    }

    double baselineCount(int bin) {
        return baseline[bin];
    }

    double currentCount(int bin) {
        return current[bin];
    }

    double baselineShare(int bin, double pseudocount) {
        return (baseline[bin] + pseudocount) / (baselineTotal + pseudocount * size());
    }

    double currentShare(int bin, double pseudocount) {
        return (current[bin] + pseudocount) / (currentTotal + pseudocount * size());
    }

    /** Current share minus baseline share, without the cancellation of subtracting the two. */
    double shareDifference(int bin, double pseudocount) {
        double baselineSum = baselineTotal + pseudocount * size();
        double currentSum = currentTotal + pseudocount * size();
        return crossDifference(current[bin] + pseudocount, baselineSum, baseline[bin] + pseudocount, currentSum)
                / (baselineSum * currentSum);
    }

    /** {@code a * b - c * d} with one rounding error (W. Kahan), by fused multiply-add. */
    static double crossDifference(double a, double b, double c, double d) {
        double product = c * d;
        double error = Math.fma(-c, d, product);
        return Math.fma(a, b, -product) + error;
    }

    private static double[] asDoubles(long[] counts) {
        return Arrays.stream(counts).asDoubleStream().toArray();
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }
}
