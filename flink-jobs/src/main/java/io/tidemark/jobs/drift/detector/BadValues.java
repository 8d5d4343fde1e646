package io.tidemark.jobs.drift.detector;

import io.tidemark.contracts.avro.DriftKind;
import io.tidemark.contracts.avro.DriftShare;
import io.tidemark.jobs.drift.Comparison;
import io.tidemark.jobs.drift.profile.MeasureLayout;
import io.tidemark.statistics.distance.Homogeneity;
import io.tidemark.statistics.distance.PearsonChiSquare;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.apache.commons.statistics.distribution.HypergeometricDistribution;

/**
 * Quality of data: the share of values that are not as they should be. Fisher's exact test, and Pearson's chi-square where
 * every expected count is at least 5. The size is the change of the share beyond its standard error.
 */
enum BadValues implements DriftDetector {
    /** Values that are not there. */
    MISSING("missing", measure -> true, (measure, counts) -> counts[measure.missing()]),
    /** Numbers that are NaN or infinite. */
    NOT_FINITE("not finite", measure -> !measure.isCategorical(), (measure, counts) -> counts[measure.notFinite()]),
    /** Texts where there were numbers, or numbers where there were texts. */
    OTHER_TYPE("other type", measure -> true, (measure, counts) -> counts[measure.otherType()]),
    /** Numbers below or above everything that the baseline has seen. */
    OUT_OF_RANGE(
            "out of range",
            measure -> !measure.isCategorical(),
            (measure, counts) -> counts[0] + counts[measure.places() - 1]),
    /** Categories that are not known. */
    NEW_CATEGORY(
            "new category",
            measure -> measure.isCategorical() && measure.knowsEveryCategory(),
            (measure, counts) -> counts[measure.newCategory()]);

    private static final double WARN = 0.02;
    private static final double INVESTIGATE = 0.1;
    private static final double LEAST_EXPECTED = 5;
    private static final PearsonChiSquare TEST = new PearsonChiSquare();

    private final String what;
    private final Predicate<MeasureLayout> applies;
    private final BiFunction<MeasureLayout, long[], Long> bad;

    BadValues(String what, Predicate<MeasureLayout> applies, BiFunction<MeasureLayout, long[], Long> bad) {
        this.what = what;
        this.applies = applies;
        this.bad = bad;
    }

    @Override
    public String id() {
        return what.replace(' ', '-');
    }

    @Override
    public boolean appliesTo(MeasureLayout measure) {
        return applies.test(measure);
    }

    @Override
    public DriftKind kind(MeasureLayout measure) {
        return DriftKind.DATA_QUALITY;
    }

    @Override
    public String testName(MeasureLayout measure) {
        return measure.name() + ": " + what;
    }

    @Override
    public String effectName() {
        return "rate_change";
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
        return false;
    }

    /** Good values and bad ones. */
    @Override
    public long[] select(MeasureLayout measure, long[] counts) {
        long badValues = bad.apply(measure, counts);
        return new long[] {Arrays.stream(counts).sum() - badValues, badValues};
    }

    @Override
    public Comparison compare(MeasureLayout measure, long[] baseline, long[] current) {
        double n = baseline[0] + baseline[1];
        double m = current[0] + current[1];
        double pooled = (baseline[1] + current[1]) / (n + m);
        if (pooled == 0 || pooled == 1) {
            return new Comparison(0, 0, 1);
        }
        double change = current[1] / m - baseline[1] / n;
        double standardError = Math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m));
        double effect = Math.max(0, Math.abs(change) - standardError);
        boolean isLarge = Math.min(n, m) * Math.min(pooled, 1 - pooled) >= LEAST_EXPECTED;
        if (isLarge || n + m > Integer.MAX_VALUE) {
            Homogeneity found = TEST.evaluate(baseline, current);
            return new Comparison(found.chiSquare(), effect, found.pValue());
        }
        return new Comparison(change / standardError, effect, exact(baseline, current));
    }

    /** Two-sided as twice the smaller tail. */
    private static double exact(long[] baseline, long[] current) {
        int badValues = (int) (baseline[1] + current[1]);
        int window = (int) (current[0] + current[1]);
        int all = (int) (baseline[0] + baseline[1]) + window;
        HypergeometricDistribution law = HypergeometricDistribution.of(all, badValues, window);
        int seen = (int) current[1];
        double upper = law.survivalProbability(seen - 1);
        double lower = law.cumulativeProbability(seen);
        return Math.min(1, 2 * Math.min(upper, lower));
    }

    @Override
    public List<DriftShare> shares(MeasureLayout measure, long[] baseline, long[] current) {
        return Distribution.shares(List.of("as they should be", what), baseline, current);
    }
}
