package io.tidemark.statistics.calibration;

import io.tidemark.statistics.error.ErrorCode;
import io.tidemark.statistics.error.InputChecks;
import io.tidemark.statistics.error.StatisticsException;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Spiegelhalter's Z: a test of calibration that holds its level at every sample size, where the expected calibration
 * error is biased. Standard normal when every forecast is calibrated.
 *
 * <p>{@code Z = sum((y - p)(1 - 2p)) / sqrt(sum((1 - 2p)^2 p (1 - p)))}. Positive when outcomes are less extreme than
 * forecasts. Forecasts of 0, 1/2 and 1 carry no weight.
 *
 * <p>D. J. Spiegelhalter, "Probabilistic prediction in patient management and clinical trials", Stat. Med. 5(5), 1986,
 * doi:10.1002/sim.4780050506. Differs from the paper: nothing.
 */
public final class SpiegelhalterTest implements CalibrationScore<ForecastSums> {

    private static final NormalDistribution STANDARD_NORMAL = NormalDistribution.of(0, 1);

    @Override
    public String id() {
        return "spiegelhalter";
    }

    /**
     * Z.
     *
     * @throws StatisticsException INSUFFICIENT_DATA without forecasts, DEGENERATE_VARIANCE when all are 0, 1/2 or 1
     */
    @Override
    public double score(ForecastSums state) {
        InputChecks.atLeast("number of forecasts", state.count(), 1);
        if (!(state.variance() > 0)) {
            throw new StatisticsException(
                    ErrorCode.DEGENERATE_VARIANCE, "every forecast is 0, 1/2 or 1: Z has no variance to divide by");
        }
        return state.residual() / Math.sqrt(state.variance());
    }

    /** Two-sided p-value of Z; errors as {@link #score}. */
    public double pValue(ForecastSums state) {
        return 2 * STANDARD_NORMAL.survivalProbability(Math.abs(score(state)));
    }
}
