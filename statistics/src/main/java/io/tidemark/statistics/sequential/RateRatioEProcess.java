package io.tidemark.statistics.sequential;

import static io.tidemark.statistics.error.InputChecks.atLeast;
import static io.tidemark.statistics.error.InputChecks.positive;

import io.tidemark.statistics.counts.TwoArmCounts;
import io.tidemark.statistics.special.LogSpace;

/**
 * Canary against baseline on counts of bad units: the primary test of a canary's rates.
 *
 * <p>Null hypothesis: in every pane a bad unit is of the canary with the probability that a unit is of the canary. For a
 * rate ratio {@code rho} a pane adds {@code ln L(rho) = k_c ln rho - (k_c + k_b) ln(1 + s (rho - 1))}, where {@code k}
 * counts bad units and {@code s} is the realised share of the canary's units <em>in that pane</em>; the evidence is the
 * mean of {@code L} over a grid of ratios. Because the share is realised, ladder steps and a router that misses its
 * planned share do not matter. Summing the ratios over tenants gives the mix-adjusted test (one common {@code rho}).
 *
 * <p>State: one double for each ratio, in nats. Domain: whole counts of at least 0, up to 1e12 and beyond. A pane
 * without units, or with units of one arm only, adds nothing.
 *
 * <p>M. Lindon, A. Malek, "Anytime-Valid Inference For Multinomial Count Data", NeurIPS 2022 (arXiv:2011.03567). Differs
 * from the paper: a grid of ratios in place of a Dirichlet mixture, so that each pane can have its own share and the
 * state still adds up.
 *
 * <p>Throws {@link io.tidemark.statistics.error.StatisticsException}: OUT_OF_RANGE for a ratio that is not above 0,
 * INSUFFICIENT_DATA for an empty grid, LENGTH_MISMATCH for a state of another grid; bad counts are refused by
 * {@link TwoArmCounts}.
 */
public final class RateRatioEProcess implements MergeableEProcess<LogRatios, TwoArmCounts> {

    private static final double[] USUAL_RATIOS = {1.1, 1.25, 1.5, 2, 3, 5};

    private final double[] ratios;
    private final double[] logRatios;
    private final LogRatios start;

    /** @param ratios rate ratios canary : baseline that the evidence looks for, each above 0; above 1 = canary worse */
    public RateRatioEProcess(double... ratios) {
        atLeast("number of ratios", ratios.length, 1);
        this.ratios = ratios.clone();
        this.logRatios = new double[ratios.length];
        for (int i = 0; i < ratios.length; i++) {
            logRatios[i] = Math.log(positive("ratio", ratios[i]));
        }
        this.start = LogRatios.ones(ratios.length);
    }

    /** The grid 1.1, 1.25, 1.5, 2, 3, 5. */
    public static RateRatioEProcess usual() {
        return new RateRatioEProcess(USUAL_RATIOS);
    }

    @Override
    public LogRatios start() {
        return start;
    }

    /** Likelihood ratios of one pane (or of one stratum of a pane) alone. */
    public LogRatios pane(TwoArmCounts pane) {
        return pane.bad() == 0 ? start : new LogRatios(ratiosOf(pane));
    }

    private double[] ratiosOf(TwoArmCounts pane) {
        double share = pane.canaryTotal() / (double) pane.total();
        double canaryBad = pane.canaryBad();
        double bad = pane.bad();
        double[] sums = new double[ratios.length];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = canaryBad * logRatios[i] - bad * Math.log1p(share * (ratios[i] - 1));
        }
        return sums;
    }

    @Override
    public LogRatios update(LogRatios state, TwoArmCounts pane) {
        return state.times(pane(pane));
    }

    @Override
    public LogRatios merge(LogRatios left, LogRatios right) {
        return left.times(right);
    }

    @Override
    public double logEvidence(LogRatios state) {
        return LogSpace.mean(state.times(start).values());
    }

    /** The ratio of the grid for which the data speak most; the smaller one when two are equal. */
    public double bestRatio(LogRatios state) {
        int best = 0;
        for (int i = 1; i < ratios.length; i++) {
            if (state.value(i) > state.value(best)) {
                best = i;
            }
        }
        return ratios[best];
    }
}
