package io.tidemark.statistics.distance;

import static io.tidemark.statistics.error.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.statistics.error.ErrorCode;
import io.tidemark.statistics.histogram.LogHistogram;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BaselineBinsTest {

    @Test
    void everyValueHasItsBin() {
        BaselineBins bins = new BaselineBins(new double[] {-1, 0, 2});
        assertThat(bins.size()).isEqualTo(5);
        assertThat(bins.missing()).isEqualTo(4);
        assertThat(new double[] {-5, -1, -0.5, 0, 1.9, 2, 2.1, Double.POSITIVE_INFINITY})
                .satisfies(values -> assertThat(
                                Arrays.stream(values).mapToInt(bins::indexOf).toArray())
                        .containsExactly(0, 1, 1, 2, 2, 2, 3, 3));
        assertThat(bins.count(new double[] {-5, 0, 0, 9}).counts()).containsExactly(1, 0, 2, 1, 0);
        assertRefused(ErrorCode.NON_FINITE_INPUT, () -> bins.indexOf(Double.NaN));
    }

    @Test
    void aConstantBaselineHasOneInnerBin() {
        BaselineBins bins = BaselineBins.ofQuantiles(new double[] {7, 7, 7}, 10);
        assertThat(bins.count(new double[] {6, 7, 8}).counts()).containsExactly(1, 1, 1, 0);
    }

    @Test
    void quantilesOfTheBaselineSplitItEvenly() {
        double[] baseline = IntStream.rangeClosed(0, 1000).asDoubleStream().toArray();
        BaselineBins bins = BaselineBins.ofQuantiles(baseline, 10);
        assertThat(bins.count(baseline).counts())
                .containsExactly(0, 100, 100, 100, 100, 100, 100, 100, 100, 100, 101, 0, 0);
        assertThat(bins)
                .isEqualTo(BaselineBins.ofQuantiles(baseline, 10))
                .hasSameHashCodeAs(BaselineBins.ofQuantiles(baseline, 10));
        assertThat(bins).isNotEqualTo(BaselineBins.ofQuantiles(baseline, 9));
    }

    @Test
    void badBaselinesAndEdgesAreRefused() {
        assertRefused(ErrorCode.INSUFFICIENT_DATA, () -> BaselineBins.ofQuantiles(new double[0], 10));
        assertRefused(ErrorCode.NON_FINITE_INPUT, () -> BaselineBins.ofQuantiles(new double[] {Double.NaN}, 10));
        assertRefused(ErrorCode.OUT_OF_RANGE, () -> BaselineBins.ofQuantiles(new double[] {1}, 0));
        assertRefused(ErrorCode.OUT_OF_RANGE, () -> new BaselineBins(new double[] {1, 1}));
        assertRefused(ErrorCode.INSUFFICIENT_DATA, () -> new BaselineBins(new double[0]));
        assertRefused(ErrorCode.NON_FINITE_INPUT, () -> new BaselineBins(new double[] {Double.NaN}));
    }

    @Test
    void aHistogramRegroupsToTheBucketsOfItsBaseline() {
        LogHistogram baseline = LogHistogram.of(1, 2, 4, 8, 16, 32, 64, 128, 256, 512);
        BaselineBuckets bins = BaselineBuckets.ofQuantiles(baseline, 5);
        assertThat(bins.size()).isEqualTo(8);
        assertThat(bins.regroup(baseline, 3).counts()).containsExactly(0, 2, 2, 2, 2, 2, 0, 3);
        LogHistogram other = LogHistogram.of(-1, 0, 0.5, 1, 3, 512, 1000, 1e20);
        assertThat(bins.regroup(other, 0).counts()).containsExactly(3, 2, 0, 0, 0, 1, 2, 0);
        assertRefused(ErrorCode.NEGATIVE_COUNT, () -> bins.regroup(other, -1));
    }

    @Test
    void regroupingAndMergingMayBeSwapped() {
        SplittableRandom random = new SplittableRandom(3);
        LogHistogram left = LogHistogram.of(random.doubles(500).map(u -> 1 / u).toArray());
        LogHistogram right = LogHistogram.of(random.doubles(700).map(u -> 2 / u).toArray());
        BaselineBuckets bins = BaselineBuckets.ofQuantiles(left, 10);
        assertThat(bins.regroup(left.merge(right), 5))
                .isEqualTo(bins.regroup(left, 2).merge(bins.regroup(right, 3)));
        assertThat(Arrays.stream(bins.regroup(left, 0).counts()).skip(1).limit(10))
                .allSatisfy(count -> assertThat(count).isBetween(40L, 60L));
    }

    @Test
    void badBucketsAreRefused() {
        assertRefused(ErrorCode.INSUFFICIENT_DATA, () -> BaselineBuckets.ofQuantiles(LogHistogram.empty(), 10));
        assertRefused(ErrorCode.OUT_OF_RANGE, () -> BaselineBuckets.ofQuantiles(LogHistogram.of(1), 0));
        assertRefused(ErrorCode.OUT_OF_RANGE, () -> new BaselineBuckets(new int[] {3, 3}, 5));
        assertRefused(ErrorCode.OUT_OF_RANGE, () -> new BaselineBuckets(new int[] {3}, 2));
        assertRefused(ErrorCode.INSUFFICIENT_DATA, () -> new BaselineBuckets(new int[0], 2));
    }
}
