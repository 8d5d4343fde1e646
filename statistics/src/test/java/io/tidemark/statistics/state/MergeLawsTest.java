package io.tidemark.statistics.state;

import static io.tidemark.statistics.error.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tidemark.statistics.calibration.ForecastSums;
import io.tidemark.statistics.calibration.ReliabilityBins;
import io.tidemark.statistics.calibration.SpiegelhalterTest;
import io.tidemark.statistics.distance.BaselineBins;
import io.tidemark.statistics.distance.BinCounts;
import io.tidemark.statistics.distance.kernel.FourierSums;
import io.tidemark.statistics.distance.kernel.RandomFourierFeatures;
import io.tidemark.statistics.error.ErrorCode;
import io.tidemark.statistics.histogram.LogHistogram;
import io.tidemark.statistics.histogram.ThresholdCounts;
import io.tidemark.statistics.multiplicity.LordPlusPlus;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Of every mergeable state: merged parts are the whole, in any order and grouping, and survive being stored. */
class MergeLawsTest {

    private static final int ROUNDS = 50;
    private static final double SUMS = 1e-9;
    private static final RandomFourierFeatures FEATURES = RandomFourierFeatures.draw(1, 8, 0.5, 1);
    private static final BaselineBins BINS = new BaselineBins(new double[] {0.1, 0.4, 0.5, 0.9});

    @Test
    void histograms() {
        exact(LogHistogram::of, LogHistogram::merge, LogHistogram.empty());
        exact(sample -> LogHistogram.of(sample).countOver(0.3), ThresholdCounts::merge, ThresholdCounts.NONE);
    }

    @Test
    void binCounts() {
        exact(BINS::count, BinCounts::merge, BinCounts.empty(BINS.size()));
        assertThat(BinCounts.empty(2).plus(1).plus(1).counts()).containsExactly(0, 2);
        assertThat(BinCounts.empty(2).plus(1).total()).isOne();
        assertRefused(ErrorCode.LENGTH_MISMATCH, () -> BinCounts.empty(2).merge(BinCounts.empty(3)));
        assertRefused(ErrorCode.NEGATIVE_COUNT, () -> new BinCounts(new long[] {-1}));
    }

    @Test
    void fourierSums() {
        near(
                sample -> FourierSums.of(FEATURES, vectors(sample)),
                FourierSums::merge,
                FourierSums.empty(FEATURES),
                FourierSums::sums);
        double[] mapped = FEATURES.map(new double[] {0.3});
        assertThat(FourierSums.empty(FEATURES).plus(mapped)).isEqualTo(new FourierSums(1, mapped));
        assertRefused(
                ErrorCode.LENGTH_MISMATCH, () -> FourierSums.empty(FEATURES).merge(new FourierSums(0, new double[1])));
    }

    @Test
    void forecastSums() {
        near(MergeLawsTest::forecasts, ForecastSums::merge, ForecastSums.EMPTY, sums ->
                new double[] {sums.count(), sums.squaredError(), sums.residual(), sums.variance()});
        ForecastSums sums = forecasts(new double[] {0.1, 0.7, 0.9});
        assertThat(new SpiegelhalterTest().score(RecordRoundTrip.restore(sums)))
                .isEqualTo(new SpiegelhalterTest().score(sums));
    }

    @Test
    void reliabilityBins() {
        near(MergeLawsTest::reliability, ReliabilityBins::merge, ReliabilityBins.empty(15), bins -> {
            double[] all = Arrays.copyOf(bins.confidences(), 45);
            for (int i = 0; i < 15; i++) {
                all[15 + i] = bins.counts()[i];
                all[30 + i] = bins.correct()[i];
            }
            return all;
        });
        assertRefused(ErrorCode.LENGTH_MISMATCH, () -> ReliabilityBins.empty(2).merge(ReliabilityBins.empty(3)));
    }

    @Test
    void statesOfOneStreamSurviveBeingStored() {
        LordPlusPlus method = new LordPlusPlus(0.05, 0.025);
        LordPlusPlus.State state =
                method.decide(LordPlusPlus.State.start(), 0.001).state();
        assertThat(method.decide(RecordRoundTrip.restore(state), 0.01)).isEqualTo(method.decide(state, 0.01));
        assertThat(RecordRoundTrip.restore(BINS)).isEqualTo(BINS);
        assertThat(RecordRoundTrip.restore(FEATURES)).isEqualTo(FEATURES);
    }

    private static <S extends Record> void exact(Function<double[], S> state, BinaryOperator<S> merge, S neutral) {
        SplittableRandom random = new SplittableRandom(17);
        for (int round = 0; round < ROUNDS; round++) {
            double[] a = sample(random);
            double[] b = sample(random);
            double[] c = sample(random);
            S left = state.apply(a);
            S right = state.apply(b);
            assertThat(merge.apply(left, right)).isEqualTo(state.apply(concat(a, b)));
            assertThat(merge.apply(right, left)).isEqualTo(merge.apply(left, right));
            assertThat(merge.apply(left, neutral)).isEqualTo(left).hasSameHashCodeAs(left);
            assertThat(merge.apply(neutral, left)).isEqualTo(left);
            S third = state.apply(c);
            assertThat(merge.apply(merge.apply(left, right), third))
                    .isEqualTo(merge.apply(left, merge.apply(right, third)));
            assertThat(RecordRoundTrip.restore(left)).isEqualTo(left);
        }
    }

    private static <S extends Record> void near(
            Function<double[], S> state, BinaryOperator<S> merge, S neutral, Function<S, double[]> numbers) {
        SplittableRandom random = new SplittableRandom(19);
        for (int round = 0; round < ROUNDS; round++) {
            double[] a = sample(random);
            double[] b = sample(random);
            S left = state.apply(a);
            S right = state.apply(b);
            double[] whole = numbers.apply(state.apply(concat(a, b)));
            assertThat(numbers.apply(merge.apply(left, right))).containsExactly(whole, within(SUMS));
            assertThat(merge.apply(right, left)).isEqualTo(merge.apply(left, right));
            assertThat(merge.apply(left, neutral)).isEqualTo(left).hasSameHashCodeAs(left);
            S third = state.apply(sample(random));
            assertThat(numbers.apply(merge.apply(merge.apply(left, right), third)))
                    .containsExactly(numbers.apply(merge.apply(left, merge.apply(right, third))), within(SUMS));
            assertThat(RecordRoundTrip.restore(left)).isEqualTo(left);
        }
    }

    private static double[] sample(SplittableRandom random) {
        return random.doubles(random.nextInt(1, 40)).toArray();
    }

    private static double[] concat(double[] a, double[] b) {
        double[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }

    private static double[][] vectors(double[] sample) {
        return Arrays.stream(sample).mapToObj(x -> new double[] {x}).toArray(double[][]::new);
    }

    private static double[] outcomes(double[] sample) {
        return Arrays.stream(sample).map(x -> x * 1000 % 1 < x ? 1 : 0).toArray();
    }

    private static ForecastSums forecasts(double[] sample) {
        return ForecastSums.of(sample, outcomes(sample));
    }

    private static ReliabilityBins reliability(double[] sample) {
        double[] outcomes = outcomes(sample);
        ReliabilityBins bins = ReliabilityBins.empty(15);
        for (int i = 0; i < sample.length; i++) {
            bins = bins.plus(sample[i], outcomes[i] == 1);
        }
        assertThat(bins).isEqualTo(ReliabilityBins.of(15, sample, outcomes));
        return bins;
    }
}
