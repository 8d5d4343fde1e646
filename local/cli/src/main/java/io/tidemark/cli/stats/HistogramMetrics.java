package io.tidemark.cli.stats;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.statistics.histogram.LogGrid;
import io.tidemark.statistics.histogram.LogHistogram;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/** Quantiles of the log histogram. */
final class HistogramMetrics {

    /** The histogram has a relative error, so that the case's own bound for such sketches applies. */
    private static final Comparison RELATIVE_ERROR_OF_THE_CASE =
            (wanted, got, testCase) -> Comparison.matches(wanted, got, new Tolerance(0, relativeError(testCase)));

    private HistogramMetrics() {}

    static List<Metric> all() {
        return List.of(new Metric("quantile_sketch", HistogramMetrics::quantiles, RELATIVE_ERROR_OF_THE_CASE));
    }

    private static double relativeError(JsonNode testCase) {
        return testCase.path("inputs").path("rel").asDouble();
    }

    private static MetricOutputs quantiles(MetricInputs inputs) {
        LogHistogram histogram = LogHistogram.of(counts(inputs));
        double[] ranks = inputs.numbers("ranks");
        double[] estimates = Arrays.stream(ranks)
                .map(rank -> histogram.quantile(rank).orElseThrow())
                .toArray();
        return new MetricOutputs()
                .numbersByName(
                        "quantiles",
                        Arrays.stream(ranks).mapToObj(Double::toString).toList(),
                        estimates);
    }

    /** The values of the case: {@code lo + (hi - lo) u^pow}, {@code u = (((i a + c) mod n) + 1/2) / n}. */
    private static TreeMap<Integer, Long> counts(MetricInputs inputs) {
        long n = inputs.whole("n");
        long a = inputs.whole("a");
        long c = inputs.whole("c");
        double lowest = inputs.number("lo");
        double span = inputs.number("hi") - lowest;
        double power = inputs.number("pow");
        TreeMap<Integer, Long> counts = new TreeMap<>();
        for (long i = 0; i < n; i++) {
            double u = (Math.floorMod(i * a + c, n) + 0.5) / n;
            counts.merge(LogGrid.index(lowest + span * Math.pow(u, power)), 1L, Long::sum);
        }
        return counts;
    }
}
