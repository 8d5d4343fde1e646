package io.tidemark.jobs.drift.detector;

import io.tidemark.contracts.avro.DriftKind;
import io.tidemark.contracts.avro.DriftShare;
import io.tidemark.jobs.drift.Comparison;
import io.tidemark.jobs.drift.profile.MeasureLayout;
import io.tidemark.statistics.distance.AlignedBins;
import io.tidemark.statistics.distance.PearsonChiSquare;
import io.tidemark.statistics.distance.PopulationStability;
import io.tidemark.statistics.distance.PopulationStabilityIndex;
import io.tidemark.statistics.law.ChiSquare;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What detectors of a moved distribution have in common. The size of the move is the bias-adjusted stability index. The p-value is
 * the larger one of the index's law and of Pearson's chi-square, both over pooled bins: of windows of 100 values without drift
 * the law of the index alone calls ten times as many significant at 1e-6 as it says, where Pearson's keeps nearly what it says, and
 * a thousand slices are decided that far out. On skewed categories, too, the law of the index is too bold.
 */
abstract class Distribution implements DriftDetector {

    private static final double WARN = 0.1;
    private static final double INVESTIGATE = 0.2;
    private static final PopulationStabilityIndex INDEX = new PopulationStabilityIndex();
    private static final PearsonChiSquare PEARSON = new PearsonChiSquare();

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

    static Comparison compare(AlignedBins bins) {
        PopulationStability index = INDEX.evaluate(bins);
        double pearson = PEARSON.evaluate(bins).chiSquare();
        // both are chi-square with the same degrees of freedom: the smaller one has the larger p-value
        double statistic = Math.min(index.psi() / index.nullScale(), pearson);
        double pValue = ChiSquare.survival(index.degreesOfFreedom(), statistic);
        return new Comparison(statistic, index.biasAdjusted(), pValue);
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
