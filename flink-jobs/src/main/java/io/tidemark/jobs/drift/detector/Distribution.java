package io.tidemark.jobs.drift.detector;

import io.tidemark.contracts.avro.DriftKind;
import io.tidemark.contracts.avro.DriftShare;
import io.tidemark.jobs.drift.profile.MeasureLayout;
import io.tidemark.statistics.distance.AlignedBins;
import io.tidemark.statistics.distance.PopulationStability;
import io.tidemark.statistics.distance.PopulationStabilityIndex;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What detectors of a moved distribution have in common: the size of the move is the bias-adjusted stability index. */
abstract class Distribution implements DriftDetector {

    private static final double WARN = 0.1;
    private static final double INVESTIGATE = 0.2;
    private static final PopulationStabilityIndex INDEX = new PopulationStabilityIndex();

    @Override
    public DriftKind kind(MeasureLayout measure) {
        return measure.kind();
    }

    @Override
    public String testName(MeasureLayout measure) {
        return measure.name();
    }

    @Override
    public String effectName() {
        return INDEX.id();
    }

    @Override
    public double warnSize() {
        return WARN;
    }

    @Override
    public double investigateSize() {
        return INVESTIGATE;
    }

    @Override
    public boolean tellsInsufficient() {
        return true;
    }

    @Override
    public long[] select(MeasureLayout measure, long[] counts) {
        return Arrays.copyOf(counts, measure.places());
    }

    static PopulationStability stability(AlignedBins bins) {
        return INDEX.evaluate(bins);
    }

    /** The names and shares of places; places that are empty on both sides are left out. */
    static List<DriftShare> shares(List<String> names, long[] baseline, long[] current) {
        double n = Math.max(1, Arrays.stream(baseline).sum());
        double m = Math.max(1, Arrays.stream(current).sum());
        List<DriftShare> shares = new ArrayList<>();
        for (int i = 0; i < baseline.length; i++) {
            if (baseline[i] + current[i] > 0) {
                shares.add(new DriftShare(names.get(i), baseline[i] / n, current[i] / m));
            }
        }
        return shares;
    }
}
