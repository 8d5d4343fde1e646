package io.tidemark.statistics.calibration;

import io.tidemark.statistics.error.InputChecks;

/**
 * Brier score: the mean of {@code (p - y)^2}, in [0, 1]; smaller is better. It mixes calibration with sharpness, so it is
 * shown, not tested.
 *
 * <p>G. W. Brier, "Verification of forecasts expressed in terms of probability", Mon. Weather Rev. 78(1), 1950. Differs
 * from the paper: one of two complementary terms, so that the range is [0, 1] and not [0, 2].
 */
public final class BrierScore implements CalibrationScore<ForecastSums> {

    @Override
    public String id() {
        return "brier";
    }

    @Override
    public double score(ForecastSums state) {
        InputChecks.atLeast("number of forecasts", state.count(), 1);
        return state.squaredError() / state.count();
    }
}
