package io.tidemark.statistics.interval;

import static io.tidemark.statistics.error.InputChecks.atLeast;
import static io.tidemark.statistics.error.InputChecks.strictlyBetween;

import io.tidemark.statistics.counts.BinomialCounts;
import io.tidemark.statistics.special.LogBeta;

/**
 * Exact interval for a proportion, for one look at a sample of planned size: covers with at least the confidence.
 *
 * <p>With {@code a = (1 - confidence)/2} the lower bound is the {@code a} quantile of Beta(s, f+1), 0 without a success;
 * the upper bound is the {@code 1-a} quantile of Beta(s+1, f), 1 without a failure. Domain: at least one trial, up to
 * 1e12.
 *
 * <p>C. J. Clopper, E. S. Pearson, "The Use of Confidence or Fiducial Limits", Biometrika 26(4), 1934,
 * doi:10.1093/biomet/26.4.404. Same as the paper; the quantile is found by bisection to the last digit, because the
 * library's solver stops at 1e-9.
 *
 * <p>Throws {@link io.tidemark.statistics.error.StatisticsException}: OUT_OF_RANGE for a confidence outside (0, 1),
 * INSUFFICIENT_DATA without a trial.
 */
public final class ClopperPearsonInterval implements ProportionInterval {

    private final double logTail;

    /** @param confidence probability that the bounds cover the truth, in (0, 1) */
    public ClopperPearsonInterval(double confidence) {
        this.logTail = Math.log((1 - strictlyBetween("confidence", confidence, 0, 1)) / 2);
    }

    @Override
    public Bounds of(BinomialCounts counts) {
        atLeast("trials", counts.trials(), 1);
        return new Bounds(lower(counts), 1 - lower(counts.swapped()));
    }

    private double lower(BinomialCounts counts) {
        if (counts.successes() == 0) {
            return 0;
        }
        double a = counts.successes();
        double b = counts.failures() + 1.0;
        return Bisection.smallestAbove(p -> LogBeta.lower(a, b, p) - LogBeta.complete(a, b, p) >= logTail, a / (a + b));
    }
}
