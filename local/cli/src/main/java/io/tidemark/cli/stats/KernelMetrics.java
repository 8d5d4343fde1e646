package io.tidemark.cli.stats;

import io.tidemark.statistics.distance.kernel.DiscrepancyNull;
import io.tidemark.statistics.distance.kernel.FourierDiscrepancy;
import io.tidemark.statistics.distance.kernel.FourierSums;
import io.tidemark.statistics.distance.kernel.HallBuckleyEagleson;
import io.tidemark.statistics.distance.kernel.MaximumMeanDiscrepancy;
import io.tidemark.statistics.distance.kernel.RandomFourierFeatures;
import java.util.List;

/** Distances of embeddings. */
final class KernelMetrics {

    private static final double ONE_PERCENT = 0.01;

    private KernelMetrics() {}

    static List<Metric> all() {
        return List.of(
                Metric.of("mmd2_rbf_median", KernelMetrics::exact),
                Metric.of("mmd2_rff", KernelMetrics::fourier),
                Metric.of("mmd_null_hbe", KernelMetrics::nullLaw));
    }

    private static MetricOutputs exact(MetricInputs inputs) {
        MaximumMeanDiscrepancy.Outcome found =
                new MaximumMeanDiscrepancy().evaluate(inputs.rows("baseline"), inputs.rows("current"));
        return new MetricOutputs()
                .number("sigma", found.bandwidth())
                .number("mmd2_unbiased", found.unbiased())
                .number("mmd2_biased", found.biased());
    }

    private static MetricOutputs fourier(MetricInputs inputs) {
        RandomFourierFeatures features = RandomFourierFeatures.of(inputs.rows("frequencies"));
        FourierSums baseline = FourierSums.of(features, inputs.rows("baseline"));
        FourierSums current = FourierSums.of(features, inputs.rows("current"));
        return new MetricOutputs()
                .numbers("sum_x", baseline.sums())
                .numbers("sum_y", current.sums())
                .number("mmd2_unbiased_rff", FourierDiscrepancy.score(baseline, current));
    }

    private static MetricOutputs nullLaw(MetricInputs inputs) {
        DiscrepancyNull law = HallBuckleyEagleson.ofEigenvalues(inputs.numbers("eigenvalues"))
                .forSizes(inputs.number("n"), inputs.number("m"));
        return new MetricOutputs()
                .number("nu", law.degreesOfFreedom())
                .number("null_sd", law.standardDeviation())
                .number("p_value", law.pValue(inputs.number("mmd2")))
                .number("critical_value_1pct", law.criticalValue(ONE_PERCENT));
    }
}
