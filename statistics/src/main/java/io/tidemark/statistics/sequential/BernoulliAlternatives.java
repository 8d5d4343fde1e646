package io.tidemark.statistics.sequential;

import static io.tidemark.statistics.error.InputChecks.atLeast;
import static io.tidemark.statistics.error.InputChecks.strictlyBetween;

import io.tidemark.statistics.counts.BinomialCounts;

/**
 * Likelihood ratios of a known usual rate {@code p0} against some other rates {@code p}:
 * {@code ln L = s ln(p/p0) + f ln((1-p)/(1-p0))} for {@code s} bad and {@code f} good units. What a change detector is fed
 * with when the usual rate is known well and has no daily cycle.
 *
 * <p>A. Wald, "Sequential Tests of Statistical Hypotheses", Ann. Math. Stat. 16(2), 1945, doi:10.1214/aoms/1177731118.
 * Same as the paper.
 *
 * <p>Throws {@link io.tidemark.statistics.error.StatisticsException}: OUT_OF_RANGE for a rate outside (0, 1),
 * INSUFFICIENT_DATA without an alternative.
 */
public final class BernoulliAlternatives {

    private final double[] logBad;
    private final double[] logGood;

    /**
     * @param usualRate {@code p0}, in (0, 1)
     * @param otherRates rates to look for, each in (0, 1)
     */
    public BernoulliAlternatives(double usualRate, double... otherRates) {
        strictlyBetween("usualRate", usualRate, 0, 1);
        atLeast("number of other rates", otherRates.length, 1);
        this.logBad = new double[otherRates.length];
        this.logGood = new double[otherRates.length];
        for (int i = 0; i < otherRates.length; i++) {
            double rate = strictlyBetween("otherRate", otherRates[i], 0, 1);
            logBad[i] = Math.log(rate / usualRate);
            logGood[i] = Math.log1p(-rate) - Math.log1p(-usualRate);
        }
    }

    /** Number of alternatives. */
    public int size() {
        return logBad.length;
    }

    /** Likelihood ratios of the units of one pane. */
    public LogRatios ratios(BinomialCounts pane) {
        double[] values = new double[logBad.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = pane.successes() * logBad[i] + pane.failures() * logGood[i];
        }
        return new LogRatios(values);
    }
}
