package io.tidemark.statistics.sequential;

import static io.tidemark.statistics.error.InputChecks.atLeast;

import io.tidemark.statistics.counts.TwoArmCounts;
import io.tidemark.statistics.error.ErrorCode;
import io.tidemark.statistics.error.StatisticsException;
import io.tidemark.statistics.special.LogSpace;

/**
 * Canary against baseline for a whole rollout, quick also when the regression begins late.
 *
 * <p>A plain {@link RateRatioEProcess} loses capital while the canary is healthy. Here half of the capital waits: per
 * alternative {@code E = E0/2 + S/2}, where a pane with likelihood ratio {@code L} makes {@code E0 <- E0 L} and
 * {@code S <- (S + 1/N) L}. {@code N} is the number of panes planned for the rollout; after {@code N} panes nothing is
 * added any more, so that at most 1 is ever staked. The evidence is the mean over the alternatives. One process runs
 * through all steps of the ladder: the realised share of each pane absorbs them.
 *
 * <p>State: two doubles for each alternative and the number of panes. Within a pane the pieces of any subtask or stratum
 * merge in any order (add the counts, or multiply {@link RateRatioEProcess#pane}); runs of panes join by {@link #append},
 * which is associative but, as time has an order, not commutative. A pane without traffic counts as a pane.
 *
 * <p>J. Shin, A. Ramdas, A. Rinaldo, "E-detectors: a nonparametric framework for sequential change detection",
 * arXiv:2203.03532; M. Lindon, A. Malek, NeurIPS 2022. Differs from the papers: the starting points share a fixed budget,
 * which turns a detector with a run length into an e-process with a level.
 *
 * <p>Throws {@link StatisticsException}: INSUFFICIENT_DATA for a plan of no pane, LENGTH_MISMATCH for a state of another
 * grid, OUT_OF_RANGE when joined runs are longer than the plan.
 */
public final class OnsetMixtureEProcess implements EProcess<OnsetEvidence, TwoArmCounts> {

    private static final double[] USUAL_RATIOS = {1.25, 1.5, 2, 3, 5, 10, 20};
    private static final double LOG_HALF = -Math.log(2);

    private final RateRatioEProcess panes;
    private final long plannedPanes;
    private final double logStake;

    /**
     * @param plannedPanes panes of the rollout as planned, at least 1; 8,640 for 24 hours of panes of 10 seconds
     * @param ratios rate ratios to look for, each above 0
     */
    public OnsetMixtureEProcess(long plannedPanes, double... ratios) {
        atLeast("plannedPanes", plannedPanes, 1);
        this.panes = new RateRatioEProcess(ratios);
        this.plannedPanes = plannedPanes;
        this.logStake = -Math.log(plannedPanes);
    }

    /** The grid 1.25, 1.5, 2, 3, 5, 10, 20. */
    public static OnsetMixtureEProcess usual(long plannedPanes) {
        return new OnsetMixtureEProcess(plannedPanes, USUAL_RATIOS);
    }

    @Override
    public OnsetEvidence start() {
        LogRatios ones = panes.start();
        return new OnsetEvidence(0, ones, LogRatios.zeros(ones.size()));
    }

    @Override
    public OnsetEvidence update(OnsetEvidence state, TwoArmCounts pane) {
        return close(state, panes.pane(pane));
    }

    /** Likelihood ratios of one stratum of a pane; the product over the strata is what {@link #close} takes. */
    public LogRatios pane(TwoArmCounts stratum) {
        return panes.pane(stratum);
    }

    /** State after a pane whose likelihood ratios are known, such as the product over tenants. */
    public OnsetEvidence close(OnsetEvidence state, LogRatios pane) {
        double[] onset = state.onset().values();
        boolean staking = state.panes() < plannedPanes;
        for (int i = 0; i < onset.length; i++) {
            onset[i] = staking ? LogSpace.add(onset[i], logStake) : onset[i];
        }
        return new OnsetEvidence(state.panes() + 1, state.steady().times(pane), new LogRatios(onset).times(pane));
    }

    /** State of two runs of panes, one directly after the other: as if every pane had been added in turn. */
    public OnsetEvidence append(OnsetEvidence earlier, OnsetEvidence later) {
        if (later.panes() > plannedPanes - earlier.panes() && later.panes() > 0) {
            throw new StatisticsException(
                    ErrorCode.OUT_OF_RANGE,
                    "runs of %d and %d panes exceed the plan of %d; add further panes one by one"
                            .formatted(earlier.panes(), later.panes(), plannedPanes));
        }
        LogRatios carried = earlier.onset().times(later.steady());
        double[] onset = later.onset().values();
        for (int i = 0; i < onset.length; i++) {
            onset[i] = LogSpace.add(onset[i], carried.value(i));
        }
        return new OnsetEvidence(
                earlier.panes() + later.panes(), earlier.steady().times(later.steady()), new LogRatios(onset));
    }

    @Override
    public double logEvidence(OnsetEvidence state) {
        double[] mixed = panes.merge(panes.start(), state.steady()).values();
        for (int i = 0; i < mixed.length; i++) {
            mixed[i] = LOG_HALF + LogSpace.add(mixed[i], state.onset().value(i));
        }
        return LogSpace.mean(mixed);
    }
}
