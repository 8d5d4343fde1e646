package io.tidemark.statistics.sequential;

import static io.tidemark.statistics.error.InputChecks.atLeast;
import static io.tidemark.statistics.error.InputChecks.strictlyBetween;

import io.tidemark.statistics.special.LogSpace;

/**
 * E-SR change detector: Shiryaev-Roberts over likelihood ratios.
 *
 * <p>For each alternative {@code M <- (M + 1) L}; alarm when the mean over the alternatives reaches {@code 1/alpha}. Then
 * the mean time to a false alarm is at least {@code 1/alpha} observations, whatever the stopping rule. Feed it from
 * {@link BernoulliAlternatives}, or from {@link RateRatioEProcess#pane} where there is a daily cycle (against the same
 * hour of earlier weeks). Choose {@code 1/alpha} as the panes of 30 days unless told otherwise.
 *
 * <p>State: one logarithm for each alternative. Domain: finite log ratios (minus infinity = ratio 0).
 *
 * <p>J. Shin, A. Ramdas, A. Rinaldo, "E-detectors: a nonparametric framework for sequential change detection",
 * arXiv:2203.03532, 2022. Same as the paper, kept in logarithms.
 *
 * <p>Throws {@link io.tidemark.statistics.error.StatisticsException}: OUT_OF_RANGE for alpha outside (0, 1),
 * INSUFFICIENT_DATA without an alternative, LENGTH_MISMATCH for ratios of another number of alternatives,
 * NON_FINITE_INPUT by {@link LogRatios}.
 */
public final class ShiryaevRobertsDetector implements ChangeDetector<LogRatios, LogRatios> {

    private final LogRatios start;
    private final double logThreshold;

    /**
     * @param alternatives number of alternatives, at least 1
     * @param alpha one over the smallest mean number of observations to a false alarm, in (0, 1)
     */
    public ShiryaevRobertsDetector(int alternatives, double alpha) {
        atLeast("alternatives", alternatives, 1);
        this.start = LogRatios.zeros(alternatives);
        this.logThreshold = -Math.log(strictlyBetween("alpha", alpha, 0, 1));
    }

    @Override
    public LogRatios start() {
        return start;
    }

    @Override
    public LogRatios update(LogRatios state, LogRatios observation) {
        double[] grown = state.values();
        for (int i = 0; i < grown.length; i++) {
            grown[i] = LogSpace.add(grown[i], 0);
        }
        return new LogRatios(grown).times(observation);
    }

    /** Logarithm of the mean of the statistic over the alternatives. */
    public double logStatistic(LogRatios state) {
        return LogSpace.mean(state.values());
    }

    @Override
    public boolean alarms(LogRatios state) {
        return logStatistic(state) >= logThreshold;
    }
}
