package io.tidemark.statistics.sequential;

import static io.tidemark.statistics.error.InputChecks.atLeast;
import static io.tidemark.statistics.error.InputChecks.strictlyBetween;

import io.tidemark.statistics.special.LogSpace;

/**
 * E-CUSUM change detector: for each alternative {@code C <- max(C, 1) L}; alarm when the mean over the alternatives
 * reaches {@code 1/alpha}. At the same threshold it is far slower than {@link ShiryaevRobertsDetector}, and far more
 * conservative; kept for comparison.
 *
 * <p>State: one logarithm for each alternative. Domain: finite log ratios (minus infinity = ratio 0).
 *
 * <p>J. Shin, A. Ramdas, A. Rinaldo, "E-detectors", arXiv:2203.03532, 2022. Same as the paper, kept in logarithms.
 *
 * <p>Throws {@link io.tidemark.statistics.error.StatisticsException}: OUT_OF_RANGE for alpha outside (0, 1),
 * INSUFFICIENT_DATA without an alternative, LENGTH_MISMATCH for ratios of another number of alternatives,
 * NON_FINITE_INPUT by {@link LogRatios}.
 */
public final class EvidenceCusumDetector implements ChangeDetector<LogRatios, LogRatios> {

    private final LogRatios start;
    private final double threshold;

    /**
     * @param alternatives number of alternatives, at least 1
     * @param alpha one over the smallest mean number of observations to a false alarm, in (0, 1)
     */
    public EvidenceCusumDetector(int alternatives, double alpha) {
        atLeast("number of alternatives", alternatives, 1);
        start = LogRatios.zeros(alternatives);
        threshold = Math.log(1 / strictlyBetween("alpha", alpha, 0, 1));
    }

    @Override
    public LogRatios start() {
        return start;
    }

    @Override
    public LogRatios update(LogRatios state, LogRatios observation) {
        double[] kept = state.values();
        for (int i = 0; i < kept.length; i++) {
            kept[i] = Math.max(kept[i], 0);
        }
        return observation.times(new LogRatios(kept));
    }

    /** Logarithm of the mean of the statistic over the alternatives. */
    public double logStatistic(LogRatios state) {
        return LogSpace.mean(state.values());
    }

    @Override
    public boolean alarms(LogRatios state) {
        return logStatistic(state) >= threshold;
    }
}
