package io.tidemark.cli.stats;

import io.tidemark.statistics.distance.AlignedBins;
import io.tidemark.statistics.distance.EnergyDistance;
import io.tidemark.statistics.distance.Hellinger;
import io.tidemark.statistics.distance.Homogeneity;
import io.tidemark.statistics.distance.JensenShannon;
import io.tidemark.statistics.distance.KolmogorovSmirnov;
import io.tidemark.statistics.distance.KullbackLeibler;
import io.tidemark.statistics.distance.PearsonChiSquare;
import io.tidemark.statistics.distance.PopulationStability;
import io.tidemark.statistics.distance.PopulationStabilityIndex;
import io.tidemark.statistics.distance.Wasserstein;
import java.util.List;

/** Distances of binned counts and of raw samples. */
final class DistanceMetrics {

    private static final double ONE_PERCENT = 0.01;

    private DistanceMetrics() {}

    static List<Metric> all() {
        return List.of(
                Metric.of("psi", DistanceMetrics::psi),
                Metric.of("kl", inputs -> new MetricOutputs()
                        .number("kl_current_baseline_nats", new KullbackLeibler().score(bins(inputs)))),
                Metric.of("js", DistanceMetrics::jensenShannon),
                Metric.of("hellinger", inputs -> new MetricOutputs()
                        .number("hellinger", new Hellinger().score(bins(inputs)))),
                Metric.of("chi2", DistanceMetrics::chiSquare),
                Metric.of("ks2", DistanceMetrics::kolmogorovSmirnov),
                Metric.of("wasserstein1", inputs -> new MetricOutputs()
                        .number("wasserstein1", new Wasserstein().score(baseline(inputs), current(inputs)))),
                Metric.of("energy", DistanceMetrics::energy));
    }

    private static MetricOutputs psi(MetricInputs inputs) {
        PopulationStability found = new PopulationStabilityIndex().evaluate(bins(inputs));
        return new MetricOutputs()
                .number("psi", found.psi())
                .whole("k_effective", found.effectiveBins())
                .whole("df", found.degreesOfFreedom())
                .number("null_mean", found.nullMean())
                .number("psi_bias_adjusted", found.biasAdjusted())
                .number("p_value", found.pValue())
                .number("critical_value_1pct", found.criticalValue(ONE_PERCENT));
    }

    private static MetricOutputs jensenShannon(MetricInputs inputs) {
        JensenShannon method = new JensenShannon();
        AlignedBins bins = bins(inputs);
        return new MetricOutputs()
                .number("js_divergence_nats", method.divergence(bins))
                .number("js_distance_base2", method.score(bins));
    }

    private static MetricOutputs chiSquare(MetricInputs inputs) {
        Homogeneity found = new PearsonChiSquare().evaluate(bins(inputs));
        return new MetricOutputs()
                .number("chi2", found.chiSquare())
                .whole("df", found.degreesOfFreedom())
                .number("p_value", found.pValue())
                .number("cramers_v", found.cramersV());
    }

    private static MetricOutputs kolmogorovSmirnov(MetricInputs inputs) {
        KolmogorovSmirnov method = new KolmogorovSmirnov();
        double[] baseline = baseline(inputs);
        double[] current = current(inputs);
        double distance = method.score(baseline, current);
        return new MetricOutputs()
                .number("d", distance)
                .number("p_exact_no_ties", method.exactPValue(baseline, current))
                .number("p_asymptotic", method.asymptoticPValue(distance, baseline.length, current.length));
    }

    private static MetricOutputs energy(MetricInputs inputs) {
        EnergyDistance method = new EnergyDistance();
        return new MetricOutputs()
                .number("energy_distance", method.score(baseline(inputs), current(inputs)))
                .number("energy_distance_squared", method.squared(baseline(inputs), current(inputs)));
    }

    private static AlignedBins bins(MetricInputs inputs) {
        return AlignedBins.of(inputs.numbers("baseline_counts"), inputs.numbers("current_counts"));
    }

    private static double[] baseline(MetricInputs inputs) {
        return inputs.numbers("baseline");
    }

    private static double[] current(MetricInputs inputs) {
        return inputs.numbers("current");
    }
}
