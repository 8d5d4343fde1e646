package io.tidemark.jobs.drift.detector;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.avro.DriftKind;
import io.tidemark.jobs.drift.Comparison;
import io.tidemark.jobs.drift.profile.MeasureLayout;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every detector in the catalogue keeps. */
class DriftDetectorContractTest {

    private static final double LEVEL = 1e-4;

    private static final MeasureLayout NUMBERS =
            MeasureLayout.ofNumbers(DriftKind.FEATURE, "age", new double[] {0, 10, 20, 30, 40});
    private static final MeasureLayout TEXTS =
            MeasureLayout.ofCategories(DriftKind.OUTPUT, "plan", List.of("free", "team", "enterprise"));

    static Stream<DriftDetector> detectors() {
        return DriftDetectors.all().stream();
    }

    private static MeasureLayout measure(DriftDetector detector) {
        return detector.appliesTo(NUMBERS) ? NUMBERS : TEXTS;
    }

    /** A thousand values of which so many of a thousandth have no place. */
    private static long[] counts(MeasureLayout layout, int odd) {
        long[] counts = new long[layout.size()];
        Arrays.fill(counts, 1, 4, 333);
        Arrays.fill(counts, layout.places(), layout.size(), odd);
        if (layout == TEXTS) {
            counts[0] = 333;
            counts[layout.newCategory()] = odd;
        } else {
            counts[0] = odd;
        }
        return counts;
    }

    @ParameterizedTest
    @MethodSource("detectors")
    void equalSidesDoNotMove(DriftDetector detector) {
        MeasureLayout layout = measure(detector);
        long[] counts = detector.select(layout, counts(layout, 10));
        Comparison found = detector.compare(layout, counts, counts.clone());
        assertThat(found.effect()).isZero();
        assertThat(found.pValue()).isGreaterThan(0.9);
    }

    @ParameterizedTest
    @MethodSource("detectors")
    void whatHasMovedFurtherIsLarger(DriftDetector detector) {
        MeasureLayout layout = measure(detector);
        long[] before = detector.select(layout, counts(layout, 10));
        Comparison near = detector.compare(layout, before, detector.select(layout, counts(layout, 600)));
        Comparison far = detector.compare(layout, before, detector.select(layout, counts(layout, 2_000)));
        assertThat(near.isMove(1e-6, detector.warnSize())).isTrue();
        assertThat(far.effect()).isGreaterThan(near.effect());
        assertThat(far.pValue()).isLessThanOrEqualTo(near.pValue());
    }

    @ParameterizedTest
    @MethodSource("detectors")
    void theSharesOfBothSidesAddUpToOne(DriftDetector detector) {
        MeasureLayout layout = measure(detector);
        long[] before = detector.select(layout, counts(layout, 10));
        long[] now = detector.select(layout, counts(layout, 200));
        var shares = detector.shares(layout, before, now);
        assertThat(shares.stream().mapToDouble(share -> share.getBaseline()).sum())
                .isBetween(1 - 1e-9, 1 + 1e-9);
        assertThat(shares.stream().mapToDouble(share -> share.getCurrent()).sum())
                .isBetween(1 - 1e-9, 1 + 1e-9);
    }

    @ParameterizedTest
    @MethodSource("detectors")
    void aDetectorSaysWhatItIs(DriftDetector detector) {
        assertThat(detector.id()).matches("[a-z]+(-[a-z]+)*");
        assertThat(detector.effectName()).isNotEmpty();
        assertThat(detector.warnSize()).isPositive().isLessThan(detector.investigateSize());
        assertThat(detector.testName(measure(detector)))
                .startsWith(measure(detector).name());
    }

    @Test
    void theIdsAreDistinct() {
        assertThat(DriftDetectors.all()).extracting(DriftDetector::id).doesNotHaveDuplicates();
    }

    /** A thousand slices and 24 windows a day are decided this far out; the law of the stability index says three times too many. */
    @ParameterizedTest
    @MethodSource("distributions")
    void theLevelHoldsFarOut(DriftDetector detector, MeasureLayout layout) {
        SplittableRandom random = new SplittableRandom(7);
        int windows = 400_000;
        int significant = 0;
        long[] baseline = {};
        for (int i = 0; i < windows; i++) {
            if (i % 20 == 0) {
                baseline = draw(random, layout.places(), 5_000);
            }
            Comparison found = detector.compare(layout, baseline, draw(random, layout.places(), 100));
            significant += found.pValue() <= LEVEL ? 1 : 0;
        }
        assertThat(significant).isLessThanOrEqualTo((int) (windows * LEVEL + 3 * Math.sqrt(windows * LEVEL)));
    }

    static Stream<Arguments> distributions() {
        double[] edges = IntStream.rangeClosed(0, 8).asDoubleStream().toArray();
        List<String> names =
                IntStream.range(0, 9).mapToObj(i -> "category " + i).toList();
        return Stream.of(
                Arguments.of(new NumericDistribution(), MeasureLayout.ofNumbers(DriftKind.FEATURE, "age", edges)),
                Arguments.of(
                        new CategoricalDistribution(), MeasureLayout.ofCategories(DriftKind.OUTPUT, "plan", names)));
    }

    /** Counts over equally likely places. */
    private static long[] draw(SplittableRandom random, int places, int n) {
        long[] counts = new long[places];
        for (int i = 0; i < n; i++) {
            counts[random.nextInt(places)]++;
        }
        return counts;
    }

    /** Two of 100 are missing where 0 of 100,000 were: too few for a chi-square law. */
    @Test
    void rareBadValuesAreTestedExactly() {
        Comparison found = BadValues.MISSING.compare(NUMBERS, new long[] {100_000, 0}, new long[] {98, 2});
        // twice the chance that both of 2 missing values fall into the 100 of 100,100
        assertThat(found.pValue()).isBetween(1.9e-6, 2.1e-6);
    }
}
