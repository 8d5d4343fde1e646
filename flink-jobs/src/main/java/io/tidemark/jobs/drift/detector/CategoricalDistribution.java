package io.tidemark.jobs.drift.detector;

import io.tidemark.contracts.avro.DriftShare;
import io.tidemark.jobs.drift.Comparison;
import io.tidemark.jobs.drift.profile.MeasureLayout;
import io.tidemark.statistics.distance.RarePooling;
import java.util.List;
import java.util.stream.IntStream;

/** Categories, rare ones pooled. Cramer's V as a size would shrink as the baseline grows. */
final class CategoricalDistribution extends Distribution {

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
        return compare(RarePooling.pool(baseline, current));
    }

    @Override
    public List<DriftShare> shares(MeasureLayout measure, long[] baseline, long[] current) {
        List<String> names =
                IntStream.range(0, baseline.length).mapToObj(measure::placeName).toList();
        return shares(names, baseline, current);
    }
}
