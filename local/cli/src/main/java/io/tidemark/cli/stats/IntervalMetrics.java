package io.tidemark.cli.stats;

import io.tidemark.statistics.counts.BinomialCounts;
import io.tidemark.statistics.counts.Moments;
import io.tidemark.statistics.interval.BetaBinomialSequence;
import io.tidemark.statistics.interval.Bounds;
import io.tidemark.statistics.interval.ClopperPearsonInterval;
import io.tidemark.statistics.interval.NormalMixtureSequence;
import io.tidemark.statistics.interval.WilsonInterval;
import java.util.List;

/** Intervals and confidence sequences. */
final class IntervalMetrics {

    private IntervalMetrics() {}

    static List<Metric> all() {
        return List.of(
                Metric.of("cs_normal_mixture", IntervalMetrics::normalMixture),
                Metric.of("cs_beta_binomial", IntervalMetrics::betaBinomial),
                Metric.of("interval_binomial", IntervalMetrics::binomial));
    }

    private static MetricOutputs normalMixture(MetricInputs inputs) {
        Moments values = Moments.ofVariance(inputs.whole("n"), inputs.number("mean"), inputs.number("variance"));
        Bounds bounds = new NormalMixtureSequence(inputs.number("rho"), inputs.number("alpha")).of(values);
        return new MetricOutputs()
                .number("lower", bounds.lower())
                .number("upper", bounds.upper())
                .number("half_width", bounds.halfWidth());
    }

    private static MetricOutputs betaBinomial(MetricInputs inputs) {
        BetaBinomialSequence sequence =
                new BetaBinomialSequence(inputs.number("alpha"), inputs.number("a", 0.5), inputs.number("b", 0.5));
        Bounds bounds = sequence.of(new BinomialCounts(inputs.whole("successes"), inputs.whole("failures")));
        return new MetricOutputs().number("lower", bounds.lower()).number("upper", bounds.upper());
    }

    private static MetricOutputs binomial(MetricInputs inputs) {
        BinomialCounts counts = BinomialCounts.of(inputs.whole("successes"), inputs.whole("n"));
        Bounds wilson = new WilsonInterval(inputs.number("confidence")).of(counts);
        Bounds exact = new ClopperPearsonInterval(inputs.number("confidence")).of(counts);
        return new MetricOutputs()
                .number("wilson_lower", wilson.lower())
                .number("wilson_upper", wilson.upper())
                .number("clopper_pearson_lower", exact.lower())
                .number("clopper_pearson_upper", exact.upper());
    }
}
