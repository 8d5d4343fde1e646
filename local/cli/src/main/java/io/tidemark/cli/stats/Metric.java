package io.tidemark.cli.stats;

import java.util.function.Function;

/**
 * One metric of a vectors file: which call of the statistics it stands for.
 *
 * @param name as in the field {@code metric} of a case
 * @param evaluation from the inputs of a case to the named values that the case expects
 * @param comparison how got and wanted are compared
 */
record Metric(String name, Function<MetricInputs, MetricOutputs> evaluation, Comparison comparison) {

    /** A metric whose values must agree within the tolerance of the case. */
    static Metric of(String name, Function<MetricInputs, MetricOutputs> evaluation) {
        return new Metric(name, evaluation, Comparison.WITHIN_TOLERANCE);
    }
}
