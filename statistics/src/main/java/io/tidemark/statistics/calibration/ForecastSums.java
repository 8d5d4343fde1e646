package io.tidemark.statistics.calibration;

import io.tidemark.statistics.error.InputChecks;

/**
 * Sums over forecasts {@code p} with outcomes {@code y}: the mergeable state of {@link BrierScore} and
 * {@link SpiegelhalterTest}.
 *
 * @param count number of forecasts
 * @param squaredError sum of {@code (p - y)^2}
 * @param residual sum of {@code (y - p)(1 - 2p)}
 * @param variance sum of {@code (1 - 2p)^2 p (1 - p)}: the variance of {@code residual} when the forecasts are calibrated
 */
public record ForecastSums(long count, double squaredError, double residual, double variance) {

    /** The neutral element of {@link #merge}. */
    public static final ForecastSums EMPTY = new ForecastSums(0, 0, 0, 0);

    public ForecastSums {
        InputChecks.count("count", count);
        InputChecks.finite("squaredError", squaredError);
        InputChecks.finite("residual", residual);
        InputChecks.finite("variance", variance);
    }

    /**
     * The sums over a list.
     *
     * @param confidence stated probabilities, in [0, 1]
     * @param correct 1 where the forecast came true, else 0
     * @throws io.tidemark.statistics.error.StatisticsException NON_FINITE_INPUT, LENGTH_MISMATCH, INSUFFICIENT_DATA,
     *     OUT_OF_RANGE
     */
    public static ForecastSums of(double[] confidence, double[] correct) {
        Forecasts.check(confidence, correct);
        ForecastSums sums = EMPTY;
        for (int i = 0; i < confidence.length; i++) {
            sums = sums.plus(confidence[i], correct[i] == 1);
        }
        return sums;
    }

    /**
     * These sums with one more forecast.
     *
     * @throws io.tidemark.statistics.error.StatisticsException NON_FINITE_INPUT or OUT_OF_RANGE
     */
    public ForecastSums plus(double confidence, boolean correct) {
        InputChecks.probability("confidence", confidence);
        double gap = (correct ? 1 : 0) - confidence;
        double slope = 1 - 2 * confidence;
        return new ForecastSums(
                count + 1,
                squaredError + gap * gap,
                residual + gap * slope,
                variance + slope * slope * confidence * (1 - confidence));
    }

    /** The sums over both samples; the order matters only in the last digits. */
    public ForecastSums merge(ForecastSums other) {
        return new ForecastSums(
                Math.addExact(count, other.count),
                squaredError + other.squaredError,
                residual + other.residual,
                variance + other.variance);
    }
}
