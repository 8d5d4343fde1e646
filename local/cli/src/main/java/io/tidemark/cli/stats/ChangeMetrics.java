package io.tidemark.cli.stats;

import io.tidemark.statistics.error.InputChecks;
import io.tidemark.statistics.sequential.CusumDetector;
import io.tidemark.statistics.sequential.CusumRunLength;
import io.tidemark.statistics.sequential.EvidenceCusumDetector;
import io.tidemark.statistics.sequential.LogRatios;
import io.tidemark.statistics.sequential.ShiryaevRobertsDetector;
import java.util.List;

/** Change detectors. */
final class ChangeMetrics {

    private static final double ANY_ALPHA = 0.5;

    private ChangeMetrics() {}

    static List<Metric> all() {
        return List.of(
                Metric.of("cusum", ChangeMetrics::cusum),
                Metric.of("cusum_arl", ChangeMetrics::runLength),
                Metric.of("edetector", ChangeMetrics::evidence));
    }

    private static MetricOutputs cusum(MetricInputs inputs) {
        CusumDetector detector = new CusumDetector(inputs.number("k"), inputs.number("h"));
        double[] values = inputs.numbers("x");
        InputChecks.atLeast("values", values.length, 1);
        double[] path = new double[values.length];
        CusumDetector.Sum sum = detector.start();
        int alarm = -1;
        for (int i = 0; i < values.length; i++) {
            sum = detector.update(sum, values[i]);
            path[i] = sum.value();
            alarm = alarm < 0 && detector.alarms(sum) ? i : alarm;
        }
        MetricOutputs outputs = new MetricOutputs().numbers("path", path);
        return alarm < 0 ? outputs.none("alarm_index") : outputs.whole("alarm_index", alarm);
    }

    private static MetricOutputs runLength(MetricInputs inputs) {
        return new MetricOutputs()
                .number("arl", CusumRunLength.mean(inputs.number("k"), inputs.number("h"), inputs.number("mean")));
    }

    private static MetricOutputs evidence(MetricInputs inputs) {
        ShiryaevRobertsDetector shiryaevRoberts = new ShiryaevRobertsDetector(1, ANY_ALPHA);
        EvidenceCusumDetector cusum = new EvidenceCusumDetector(1, ANY_ALPHA);
        double[] increments = InputChecks.finite("log_e_increments", inputs.numbers("log_e_increments"));
        InputChecks.atLeast("log_e_increments", increments.length, 1);
        double[] shiryaevRobertsPath = new double[increments.length];
        double[] cusumPath = new double[increments.length];
        LogRatios shiryaevRobertsState = shiryaevRoberts.start();
        LogRatios cusumState = cusum.start();
        for (int i = 0; i < increments.length; i++) {
            LogRatios increment = new LogRatios(new double[] {increments[i]});
            shiryaevRobertsState = shiryaevRoberts.update(shiryaevRobertsState, increment);
            cusumState = cusum.update(cusumState, increment);
            shiryaevRobertsPath[i] = Math.exp(shiryaevRoberts.logStatistic(shiryaevRobertsState));
            cusumPath[i] = Math.exp(cusum.logStatistic(cusumState));
        }
        return new MetricOutputs().numbers("e_sr", shiryaevRobertsPath).numbers("e_cusum", cusumPath);
    }
}
