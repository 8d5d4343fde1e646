package io.tidemark.jobs.drift.detector;

import io.tidemark.contracts.avro.DriftShare;
import io.tidemark.jobs.drift.Comparison;
import io.tidemark.jobs.drift.profile.MeasureLayout;
import io.tidemark.statistics.distance.AlignedBins;
import io.tidemark.statistics.distance.Homogeneity;
import io.tidemark.statistics.distance.PearsonChiSquare;
import io.tidemark.statistics.distance.RarePooling;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Categories: Pearson's chi-square over pooled categories, whose level holds on skewed ones where that of the stability index
 * does not; the index gives the size. Cramer's V would shrink as the baseline grows.
 */
final class CategoricalDistribution extends Distribution {

    private static final PearsonChiSquare TEST = new PearsonChiSquare();

    @Override
    public String id() {
        return "categorical-distribution";
    }

    @Override
    public boolean appliesTo(MeasureLayout measure) {
        return measure.isCategorical();
    }

    @Override
    public Comparison compare(MeasureLayout measure, long[] baseline, long[] current) {
        AlignedBins bins = RarePooling.pool(baseline, current);
        Homogeneity found = TEST.evaluate(bins);
        return new Comparison(found.chiSquare(), stability(bins).biasAdjusted(), found.pValue());
    }

    @Override
    public List<DriftShare> shares(MeasureLayout measure, long[] baseline, long[] current) {
        List<String> names =
                IntStream.range(0, baseline.length).mapToObj(measure::placeName).toList();
        return shares(names, baseline, current);
    }
}
