package io.tidemark.statistics.distance.kernel;

import static io.tidemark.statistics.error.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tidemark.statistics.error.ErrorCode;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KernelDistancesTest {

    private static final RandomFourierFeatures FEATURES = RandomFourierFeatures.draw(3, 4000, 1.5, 42);

    static List<KernelDistance> methods() {
        return List.of(new MaximumMeanDiscrepancy(), new FourierDiscrepancy(FEATURES));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void badVectorsAreRefused(KernelDistance method) {
        double[][] good = {{1, 2, 3}, {4, 5, 7}};
        assertThat(method.id()).isNotBlank();
        assertRefused(ErrorCode.INSUFFICIENT_DATA, () -> method.score(new double[][] {{1, 2, 3}}, good));
        assertRefused(ErrorCode.INSUFFICIENT_DATA, () -> method.score(good, new double[][] {{1, 2, 3}}));
        assertRefused(ErrorCode.LENGTH_MISMATCH, () -> method.score(good, new double[][] {{1, 2}, {3, 4}}));
        assertRefused(ErrorCode.LENGTH_MISMATCH, () -> method.score(new double[][] {{1, 2, 3}, {1}}, good));
        assertRefused(
                ErrorCode.NON_FINITE_INPUT, () -> method.score(good, new double[][] {{1, 2, Double.NaN}, {3, 4, 5}}));
        assertRefused(
                ErrorCode.NON_FINITE_INPUT, () -> method.score(new double[][] {{1, 2, Double.NaN}, {3, 4, 5}}, good));
    }

    @Test
    void exactDiscrepancyByHand() {
        // distances 0, 1 and 1 on the line: sigma is the median of {0, 0, 1, 1, 1, 1}
        MaximumMeanDiscrepancy.Outcome found =
                new MaximumMeanDiscrepancy().evaluate(new double[][] {{0}, {0}}, new double[][] {{1}, {1}});
        double near = Math.exp(-0.5);
        assertThat(found.bandwidth()).isEqualTo(1);
        assertThat(found.unbiased()).isCloseTo(2 - 2 * near, within(1e-15));
        assertThat(found.biased()).isCloseTo(2 - 2 * near, within(1e-15));
    }

    @Test
    void theMedianIsTakenOverAllPairs() {
        assertThat(MedianBandwidth.of(new double[][] {{0}, {1}, {4}})).isEqualTo(3);
        assertThat(MedianBandwidth.of(new double[][] {{0}, {1}, {4}, {10}})).isEqualTo(5);
        assertRefused(ErrorCode.DEGENERATE_BANDWIDTH, () -> MedianBandwidth.of(new double[][] {{1}, {1}, {1}}));
        assertRefused(ErrorCode.INSUFFICIENT_DATA, () -> MedianBandwidth.of(new double[][] {{1}}));
    }

    @Test
    void featuresHaveLengthOneAndGiveTheKernel() {
        double[] x = {0.5, -1, 0.2};
        double[] y = {0.1, -0.4, 1};
        double[] mappedX = FEATURES.map(x);
        double[] mappedY = FEATURES.map(y);
        assertThat(dot(mappedX, mappedX)).isCloseTo(1, within(1e-12));
        double kernel = Math.exp(-(0.16 + 0.36 + 0.64) / (2 * 1.5 * 1.5));
        assertThat(dot(mappedX, mappedY)).isCloseTo(kernel, within(0.03));
    }

    @Test
    void theLayoutIsCosinesThenSines() {
        RandomFourierFeatures features = RandomFourierFeatures.of(new double[][] {{1, 0, 0, 0, 2}, {0, 3, 0, 0, 0}});
        double[] mapped = features.map(new double[] {0.1, 0.2, 9, 9, 0.3});
        double root = Math.sqrt(0.5);
        assertThat(mapped)
                .containsExactly(
                        new double[] {
                            Math.cos(0.7) * root, Math.cos(0.6) * root, Math.sin(0.7) * root, Math.sin(0.6) * root
                        },
                        within(1e-15));
        assertThat(features.features()).isEqualTo(2);
    }

    @Test
    void theSeedFixesTheFrequencies() {
        assertThat(RandomFourierFeatures.draw(3, 4000, 1.5, 42))
                .isEqualTo(FEATURES)
                .hasSameHashCodeAs(FEATURES);
        assertThat(RandomFourierFeatures.draw(3, 4000, 1.5, 43)).isNotEqualTo(FEATURES);
        double variance =
                Arrays.stream(FEATURES.byCoordinate()).map(w -> w * w).average().orElseThrow();
        assertThat(variance).isCloseTo(1 / (1.5 * 1.5), within(0.02));
    }

    @Test
    void sumsGiveTheDiscrepancyOfAllPairsOfTheirKernel() {
        double[][] x = vectors(6, 0, 1);
        double[][] y = vectors(5, 0.5, 2);
        double within = 0;
        double across = 0;
        double withinCurrent = 0;
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j < 6; j++) {
                within += i == j ? 0 : kernel(x[i], x[j]) / 30;
            }
            for (double[] vector : y) {
                across += kernel(x[i], vector) / 30;
            }
        }
        for (int i = 0; i < 5; i++) {
            for (int j = 0; j < 5; j++) {
                withinCurrent += i == j ? 0 : kernel(y[i], y[j]) / 20;
            }
        }
        assertThat(new FourierDiscrepancy(FEATURES).score(x, y))
                .isCloseTo(within + withinCurrent - 2 * across, within(1e-12));
    }

    @Test
    void theNullLawFromFeaturesIsThatOfTheEigenvaluesOfTheirCovariance() {
        // sums of squares 8 and 2 over four vectors, no covariance
        double[][] mapped = {{2, 0}, {-2, 0}, {0, 1}, {0, -1}};
        HallBuckleyEagleson law = HallBuckleyEagleson.ofFeatures(mapped);
        HallBuckleyEagleson byHand = HallBuckleyEagleson.ofEigenvalues(new double[] {8 / 3.0, 2 / 3.0});
        assertThat(law.squares()).isCloseTo(byHand.squares(), within(1e-12));
        assertThat(law.cubes()).isCloseTo(byHand.cubes(), within(1e-12));
    }

    @Test
    void aSingleEigenvalueGivesOneDegreeOfFreedom() {
        DiscrepancyNull law =
                HallBuckleyEagleson.ofEigenvalues(new double[] {0.5}).forSizes(100, 100);
        assertThat(law.degreesOfFreedom()).isCloseTo(1, within(1e-12));
        assertThat(law.standardDeviation()).isCloseTo(0.02 * Math.sqrt(0.5), within(1e-12));
        assertThat(law.pValue(law.criticalValue(0.05))).isCloseTo(0.05, within(1e-12));
        assertThat(law.pValue(-1)).isOne();
        assertRefused(ErrorCode.NON_FINITE_INPUT, () -> law.pValue(Double.NaN));
    }

    @Test
    void degenerateNullLawsAreRefused() {
        assertRefused(ErrorCode.DEGENERATE_VARIANCE, () -> HallBuckleyEagleson.ofEigenvalues(new double[] {0, 0}));
        assertRefused(ErrorCode.INSUFFICIENT_DATA, () -> HallBuckleyEagleson.ofEigenvalues(new double[0]));
        assertRefused(ErrorCode.OUT_OF_RANGE, () -> HallBuckleyEagleson.ofEigenvalues(new double[] {-0.1}));
        assertRefused(ErrorCode.NON_FINITE_INPUT, () -> HallBuckleyEagleson.ofEigenvalues(new double[] {Double.NaN}));
        assertRefused(ErrorCode.INSUFFICIENT_DATA, () -> HallBuckleyEagleson.ofFeatures(new double[][] {{1}}));
        assertRefused(ErrorCode.LENGTH_MISMATCH, () -> HallBuckleyEagleson.ofFeatures(new double[][] {{1}, {1, 2}}));
        HallBuckleyEagleson law = HallBuckleyEagleson.ofEigenvalues(new double[] {0.5});
        assertRefused(ErrorCode.INSUFFICIENT_DATA, () -> law.forSizes(0, 10));
        assertRefused(ErrorCode.INSUFFICIENT_DATA, () -> law.forSizes(10, 0));
    }

    @Test
    void badFeaturesAreRefused() {
        assertRefused(ErrorCode.OUT_OF_RANGE, () -> RandomFourierFeatures.draw(3, 4, 0, 1));
        assertRefused(ErrorCode.INSUFFICIENT_DATA, () -> RandomFourierFeatures.draw(3, 0, 1, 1));
        assertRefused(ErrorCode.INSUFFICIENT_DATA, () -> RandomFourierFeatures.of(new double[0][]));
        assertRefused(ErrorCode.LENGTH_MISMATCH, () -> RandomFourierFeatures.of(new double[][] {{1}, {1, 2}}));
        assertRefused(ErrorCode.LENGTH_MISMATCH, () -> FEATURES.map(new double[] {1}));
        assertRefused(ErrorCode.NON_FINITE_INPUT, () -> FEATURES.map(new double[] {1, 2, Double.NaN}));
        assertRefused(ErrorCode.LENGTH_MISMATCH, () -> new RandomFourierFeatures(2, new double[3]));
        assertRefused(ErrorCode.INSUFFICIENT_DATA, () -> new RandomFourierFeatures(0, new double[3]));
        FourierSums small = new FourierSums(5, new double[2]);
        assertRefused(
                ErrorCode.LENGTH_MISMATCH, () -> FourierDiscrepancy.score(small, new FourierSums(5, new double[4])));
    }

    private static double kernel(double[] x, double[] y) {
        return dot(FEATURES.map(x), FEATURES.map(y));
    }

    private static double dot(double[] left, double[] right) {
        double sum = 0;
        for (int i = 0; i < left.length; i++) {
            sum += left[i] * right[i];
        }
        return sum;
    }

    private static double[][] vectors(int count, double shift, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] vectors = new double[count][];
        Arrays.setAll(vectors, i ->
                new double[] {random.nextDouble() + shift, random.nextDouble(), random.nextDouble() - shift});
        return vectors;
    }
}
