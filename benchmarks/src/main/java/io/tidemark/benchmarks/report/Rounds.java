package io.tidemark.benchmarks.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Figures that are measured once in each round, in the order in which they were first measured. */
public final class Rounds {

    private final Map<String, List<Double>> figures = new LinkedHashMap<>();

    /** Adds the figure of one round; its name ends with the unit. */
    public void add(String figure, double value) {
        figures.computeIfAbsent(figure, name -> new ArrayList<>()).add(value);
    }

    /** Median over the rounds; of an even number the lower of the two in the middle. */
    public double median(String figure) {
        List<Double> sorted = new ArrayList<>(figures.get(figure));
        Collections.sort(sorted);
        return sorted.get((sorted.size() - 1) / 2);
    }

    /** Writes every round and the medians. */
    public void writeTo(BenchmarkReport report) {
        figures.forEach((figure, values) ->
                report.with(figure, values.stream().map(Rounds::rounded).toList()));
        Map<String, Double> medians = new LinkedHashMap<>();
        figures.keySet().forEach(figure -> medians.put(figure, rounded(median(figure))));
        report.with("medians", medians);
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
