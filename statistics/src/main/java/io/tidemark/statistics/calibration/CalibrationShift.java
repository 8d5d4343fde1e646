package io.tidemark.statistics.calibration;

import io.tidemark.statistics.distance.Homogeneity;
import io.tidemark.statistics.error.InputChecks;

/**
 * Whether calibration has changed against a baseline, for a model that was never calibrated: the squared change of the
 * gap of each bin over its variance, a chi-square with one degree of freedom for each bin that both sides can judge.
 *
 * <p>{@code sum((g1_b - g0_b)^2 / (v1_b + v0_b))} with {@code g = acc - conf} and {@code v = s (1 - s) / n}, the success
 * rate {@code s} pooled over both sides. A bin counts when each side expects at least 5 successes and 5 failures in it.
 *
 * <p>Own construction after the reliability diagram of M. H. DeGroot, S. E. Fienberg, "The comparison and evaluation of
 * forecasters", The Statistician 32, 1983, doi:10.2307/2987588. Differs from the paper: a test of the change.
 */
public final class CalibrationShift {

    private static final double MINIMUM_EXPECTED = 5;

    /** Stable name, as in rules. */
    public String id() {
        return "calibration-shift";
    }

    /**
     * The statistic with its law; no degrees of freedom when no bin can be judged.
     *
     * @throws io.tidemark.statistics.error.StatisticsException LENGTH_MISMATCH, or INSUFFICIENT_DATA for an empty side
     */
    public Homogeneity evaluate(ReliabilityBins baseline, ReliabilityBins current) {
        InputChecks.sameLength("baseline bins", baseline.size(), "current bins", current.size());
        InputChecks.atLeast("number of baseline forecasts", baseline.total(), 1);
        InputChecks.atLeast("number of current forecasts", current.total(), 1);
        double sum = 0;
        int judged = 0;
        for (int bin = 0; bin < baseline.size(); bin++) {
            double n = baseline.counts()[bin];
            double m = current.counts()[bin];
            double success = (baseline.correct()[bin] + current.correct()[bin]) / (n + m);
            // false for NaN too, that is for a bin that is empty on both sides
            if (Math.min(n, m) * Math.min(success, 1 - success) >= MINIMUM_EXPECTED) {
                double change = current.gap(bin) - baseline.gap(bin);
                sum += change * change / (success * (1 - success) * (1 / n + 1 / m));
                judged++;
            }
        }
        return new Homogeneity(sum, judged, baseline.total() + (double) current.total());
    }
}
