package io.tidemark.statistics.distance;

import static io.tidemark.statistics.error.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tidemark.statistics.error.ErrorCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BinnedDistancesTest {

    static List<BinnedDistance> methods() {
        return List.of(
                new PopulationStabilityIndex(),
                new KullbackLeibler(),
                new JensenShannon(),
                new Hellinger(),
                new PearsonChiSquare());
    }

    @ParameterizedTest
    @MethodSource("methods")
    void equalSharesAreAtZeroAndFurtherIsMore(BinnedDistance method) {
        long[] baseline = {100, 200, 300};
        assertThat(method.score(baseline, baseline)).isZero();
        double near = method.score(baseline, new long[] {110, 200, 290});
        double far = method.score(baseline, new long[] {200, 200, 200});
        assertThat(near).isPositive();
        assertThat(far).isGreaterThan(near);
        assertThat(method.id()).isNotBlank();
    }

    @ParameterizedTest
    @MethodSource("methods")
    void theOrderOfBinsAndBinsEmptyOnBothSidesDoNotMatter(BinnedDistance method) {
        double score = method.score(new long[] {10, 20, 30}, new long[] {30, 20, 10});
        assertThat(method.score(new long[] {30, 0, 10, 20}, new long[] {10, 0, 30, 20}))
                .isCloseTo(score, within(1e-15));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void oneEffectiveBinIsAtZero(BinnedDistance method) {
        assertThat(method.score(new long[] {5, 0}, new long[] {7, 0})).isZero();
    }

    @ParameterizedTest
    @MethodSource("methods")
    void badCountsAreRefused(BinnedDistance method) {
        assertRefused(ErrorCode.NEGATIVE_COUNT, () -> method.score(new long[] {1, -1}, new long[] {1, 1}));
        assertRefused(ErrorCode.NEGATIVE_COUNT, () -> method.score(new long[] {1, 1}, new long[] {1, -1}));
        assertRefused(ErrorCode.LENGTH_MISMATCH, () -> method.score(new long[] {1}, new long[] {1, 1}));
        assertRefused(ErrorCode.INSUFFICIENT_DATA, () -> method.score(new long[] {0, 0}, new long[] {1, 1}));
        assertRefused(ErrorCode.INSUFFICIENT_DATA, () -> method.score(new long[] {1, 1}, new long[] {0, 0}));
        assertRefused(ErrorCode.INSUFFICIENT_DATA, () -> method.score(new long[0], new long[0]));
        assertRefused(
                ErrorCode.NON_FINITE_INPUT,
                () -> method.score(AlignedBins.of(new double[] {1, Double.NaN}, new double[] {1, 1})));
    }

    @Test
    void handComputedValues() {
        long[] left = {0, 1};
        long[] right = {1, 0};
        // smoothed shares (1/4, 3/4) and (3/4, 1/4)
        assertThat(new PopulationStabilityIndex().score(left, right)).isCloseTo(Math.log(3), within(1e-12));
        assertThat(new KullbackLeibler().score(left, right)).isCloseTo(Math.log(3) / 2, within(1e-12));
        assertThat(new JensenShannon().score(left, right)).isEqualTo(1);
        assertThat(new JensenShannon().divergence(AlignedBins.of(left, right))).isCloseTo(Math.log(2), within(1e-12));
        assertThat(new Hellinger().score(left, right)).isCloseTo(1, within(1e-12));
        // shares (1/2, 1/2) and (1, 0): 1 - 1/sqrt 2
        assertThat(new Hellinger().score(new long[] {1, 1}, new long[] {1, 0}))
                .isCloseTo(Math.sqrt(1 - Math.sqrt(0.5)), within(1e-12));
    }

    @Test
    void theIndexKnowsItsLaw() {
        PopulationStability found =
                new PopulationStabilityIndex().evaluate(new long[] {50, 30, 15, 5}, new long[] {60, 30, 10, 0});
        assertThat(found.nullMean()).isCloseTo(3 * 0.02, within(1e-15));
        assertThat(found.biasAdjusted()).isCloseTo(found.psi() - 0.06, within(1e-15));
        // chi-square(3) at 0.154348 / 0.02
        assertThat(found.pValue()).isCloseTo(0.0522278689, within(1e-9));
        assertThat(found.criticalValue(0.01)).isCloseTo(11.344866730144373 * 0.02, within(1e-9));
        assertThat(new PopulationStability(0.01, 4, 0.02).biasAdjusted()).isZero();
        PopulationStability single = new PopulationStability(0, 1, 0.02);
        assertThat(single.pValue()).isOne();
        assertThat(single.criticalValue(0.01)).isZero();
    }

    @Test
    void pearsonByHand() {
        // 2x2 table (10, 20; 20, 10): 60 (100 - 400)^2 / 30^4
        Homogeneity found = new PearsonChiSquare().evaluate(new long[] {10, 20}, new long[] {20, 10});
        assertThat(found.chiSquare()).isCloseTo(60 * 300.0 * 300 / (30.0 * 30 * 30 * 30), within(1e-12));
        assertThat(found.degreesOfFreedom()).isEqualTo(1);
        assertThat(found.cramersV()).isCloseTo(1 / 3.0, within(1e-12));
        assertThat(found.pValue()).isCloseTo(0.009823274507519235, within(1e-12));
    }

    @Test
    void accuracyHoldsUpToATrillionEvents() {
        long[] baseline = {250_000_000_000L, 250_000_500_000L, 500_000_000_000L};
        long[] current = {250_000_400_000L, 250_000_000_000L, 499_999_000_000L};
        // computed with 60 digits
        assertThat(new PearsonChiSquare().evaluate(baseline, current).chiSquare())
                .isCloseTo(1.2150002137520708, within(1e-12));
        assertThat(new PopulationStabilityIndex().score(baseline, current) / 2.4300005489977397E-12)
                .isCloseTo(1, within(1e-11));
        assertThat(new JensenShannon().score(baseline, current) / 6.619809043135165E-7)
                .isCloseTo(1, within(1e-11));
    }

    @Test
    void rareCategoriesArePooledUntilEveryExpectedCountIsLargeEnough() {
        // expected on the smaller side is a tenth of the sum: 30 and 25 are rare, and their sum reaches 50
        AlignedBins pooled = RarePooling.pool(new long[] {600, 27, 243, 30}, new long[] {67, 3, 30, 0});
        assertThat(pooled.size()).isEqualTo(3);
        assertThat(pooled.baselineCount(0)).isEqualTo(57);
        assertThat(pooled.currentCount(0)).isEqualTo(3);
        assertThat(pooled.baselineTotal()).isEqualTo(900);
        assertThat(RarePooling.pool(new long[] {50, 50}, new long[] {50, 50}).size())
                .isEqualTo(2);
    }

    @Test
    void anOtherThatStaysTooSmallTakesTheNextCategory() {
        AlignedBins pooled = RarePooling.pool(new long[] {500, 60, 3}, new long[] {500, 60, 3});
        assertThat(pooled.size()).isEqualTo(2);
        assertThat(pooled.baselineCount(0)).isEqualTo(63);
    }
}
