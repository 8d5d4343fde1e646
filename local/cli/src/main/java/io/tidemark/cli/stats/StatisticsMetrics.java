package io.tidemark.cli.stats;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The one list of all metrics that a vectors file may name. */
final class StatisticsMetrics {

    private StatisticsMetrics() {}

    static Map<String, Metric> byName() {
        return Stream.of(
                        DistanceMetrics.all(),
                        KernelMetrics.all(),
                        CalibrationMetrics.all(),
                        MultiplicityMetrics.all(),
                        HistogramMetrics.all(),
                        SequentialMetrics.all(),
                        ChangeMetrics.all(),
                        IntervalMetrics.all(),
                        TrendMetrics.all(),
                        AttributionMetrics.all())
                .flatMap(List::stream)
                .collect(Collectors.toMap(Metric::name, Function.identity()));
    }
}
