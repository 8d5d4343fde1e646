package io.tidemark.cli.stats;

import io.tidemark.statistics.multiplicity.BenjaminiHochberg;
import io.tidemark.statistics.multiplicity.EvidenceBenjaminiHochberg;
import io.tidemark.statistics.multiplicity.LordPlusPlus;
import java.util.List;
import java.util.stream.IntStream;

/** Control of false discoveries. */
final class MultiplicityMetrics {

    private MultiplicityMetrics() {}

    static List<Metric> all() {
        return List.of(
                Metric.of("bh", MultiplicityMetrics::benjaminiHochberg),
                Metric.of("ebh", inputs -> new MetricOutputs()
                        .wholes(
                                "rejected",
                                new EvidenceBenjaminiHochberg().discoveries(inputs.numbers("e"), inputs.number("q")))),
                Metric.of("lordpp", MultiplicityMetrics::lordPlusPlus));
    }

    private static MetricOutputs benjaminiHochberg(MetricInputs inputs) {
        double[] p = inputs.numbers("p");
        return new MetricOutputs()
                .wholes("rejected", new BenjaminiHochberg().discoveries(p, inputs.number("q")))
                .numbers("adjusted", BenjaminiHochberg.adjusted(p));
    }

    private static MetricOutputs lordPlusPlus(MetricInputs inputs) {
        LordPlusPlus method = new LordPlusPlus(inputs.number("alpha"), inputs.number("w0"));
        List<LordPlusPlus.Decision> decisions = method.decideAll(inputs.numbers("p"));
        return new MetricOutputs()
                .numbers(
                        "levels",
                        decisions.stream()
                                .mapToDouble(LordPlusPlus.Decision::level)
                                .toArray())
                .wholes(
                        "rejected",
                        IntStream.range(0, decisions.size())
                                .filter(i -> decisions.get(i).rejected())
                                .toArray());
    }
}
