package io.tidemark.statistics.calibration;

import io.tidemark.statistics.error.InputChecks;

/** What every state asks of confidences and outcomes. */
final class Forecasts {

    private Forecasts() {}

    static void check(double[] confidence, double[] correct) {
        InputChecks.finite("confidence", confidence);
        InputChecks.finite("correct", correct);
        InputChecks.sameLength("confidence", confidence.length, "correct", correct.length);
        InputChecks.atLeast("number of forecasts", confidence.length, 1);
        InputChecks.probabilities("confidence", confidence);
        InputChecks.probabilities("correct", correct);
        for (double outcome : correct) {
            // an outcome between 0 and 1 is neither right nor wrong
            InputChecks.between("correct * (1 - correct)", outcome * (1 - outcome), 0, 0);
        }
    }
}
