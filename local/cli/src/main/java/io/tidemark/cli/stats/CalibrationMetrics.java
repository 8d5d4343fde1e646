package io.tidemark.cli.stats;

import io.tidemark.statistics.calibration.BrierScore;
import io.tidemark.statistics.calibration.CalibrationError;
import io.tidemark.statistics.calibration.ForecastSums;
import io.tidemark.statistics.calibration.ReliabilityBins;
import io.tidemark.statistics.calibration.SpiegelhalterTest;
import java.util.List;

/** Calibration of confidences. */
final class CalibrationMetrics {

    private CalibrationMetrics() {}

    static List<Metric> all() {
        return List.of(
                Metric.of("ece", CalibrationMetrics::expectedError), Metric.of("brier", CalibrationMetrics::brier));
    }

    private static MetricOutputs expectedError(MetricInputs inputs) {
        int bins = Math.toIntExact(inputs.whole("bins"));
        ReliabilityBins state = ReliabilityBins.of(bins, inputs.numbers("confidence"), inputs.numbers("correct"));
        CalibrationError method = new CalibrationError();
        return new MetricOutputs().number("ece", method.score(state)).number("mce", method.maximum(state));
    }

    private static MetricOutputs brier(MetricInputs inputs) {
        ForecastSums state = ForecastSums.of(inputs.numbers("confidence"), inputs.numbers("correct"));
        SpiegelhalterTest test = new SpiegelhalterTest();
        return new MetricOutputs()
                .number("brier", new BrierScore().score(state))
                .number("spiegelhalter_z", test.score(state))
                .number("p_two_sided", test.pValue(state));
    }
}
