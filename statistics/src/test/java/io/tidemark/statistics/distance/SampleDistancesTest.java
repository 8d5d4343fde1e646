package io.tidemark.statistics.distance;

import static io.tidemark.statistics.error.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tidemark.statistics.error.ErrorCode;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SampleDistancesTest {

    static List<SampleDistance> methods() {
        return List.of(new KolmogorovSmirnov(), new Wasserstein(), new EnergyDistance());
    }

    @ParameterizedTest
    @MethodSource("methods")
    void equalSamplesAreAtZeroInAnyOrder(SampleDistance method) {
        assertThat(method.score(new double[] {3, 1, 2}, new double[] {1, 2, 3})).isZero();
        assertThat(method.score(new double[] {5, 5}, new double[] {5, 5, 5})).isZero();
        assertThat(method.id()).isNotBlank();
    }

    @ParameterizedTest
    @MethodSource("methods")
    void inputsAreKeptAndSidesMayBeSwapped(SampleDistance method) {
        double[] left = {3, 1, 2};
        double[] right = {9, 4};
        assertThat(method.score(left, right)).isEqualTo(method.score(right, left));
        assertThat(left).containsExactly(3, 1, 2);
    }

    @ParameterizedTest
    @MethodSource("methods")
    void badSamplesAreRefused(SampleDistance method) {
        assertRefused(ErrorCode.INSUFFICIENT_DATA, () -> method.score(new double[0], new double[] {1}));
        assertRefused(ErrorCode.INSUFFICIENT_DATA, () -> method.score(new double[] {1}, new double[0]));
        assertRefused(ErrorCode.NON_FINITE_INPUT, () -> method.score(new double[] {Double.NaN}, new double[] {1}));
        assertRefused(
                ErrorCode.NON_FINITE_INPUT,
                () -> method.score(new double[] {1}, new double[] {Double.POSITIVE_INFINITY}));
    }

    @Test
    void handComputedValues() {
        assertThat(new Wasserstein().score(new double[] {0, 1}, new double[] {2, 5}))
                .isEqualTo(3);
        assertThat(new KolmogorovSmirnov().score(new double[] {1, 2, 2, 3}, new double[] {2, 2, 3, 4, 4}))
                .isCloseTo(0.4, within(1e-15));
        // 2 E|X-Y| = 2, both samples constant
        assertThat(new EnergyDistance().squared(new double[] {0, 0}, new double[] {1}))
                .isEqualTo(2);
        assertThat(new EnergyDistance().score(new double[] {0, 0}, new double[] {1}))
                .isEqualTo(Math.sqrt(2));
    }

    @Test
    void theIntegralOfTheEnergyDistanceIsTheSumOverPairs() {
        SplittableRandom random = new SplittableRandom(5);
        double[] x = random.doubles(40).toArray();
        double[] y = random.doubles(25).map(u -> u * u).toArray();
        double pairs = 2 * meanDistance(x, y) - meanDistance(x, x) - meanDistance(y, y);
        assertThat(new EnergyDistance().squared(x, y)).isCloseTo(pairs, within(1e-12));
    }

    private static double meanDistance(double[] x, double[] y) {
        return Arrays.stream(x)
                .map(a -> Arrays.stream(y).map(b -> Math.abs(a - b)).average().orElseThrow())
                .average()
                .orElseThrow();
    }

    @Test
    void exactProbabilitiesOfKolmogorovSmirnov() {
        KolmogorovSmirnov method = new KolmogorovSmirnov();
        // 2 of the C(10, 4) orders separate the samples
        assertThat(method.exactPValue(new double[] {1, 2, 3, 4, 5, 6}, new double[] {7, 8, 9, 10}))
                .isCloseTo(2.0 / 210, within(1e-15));
        // ties: the value of scipy 1.17.1
        assertThat(method.exactPValue(new double[] {1, 2, 2, 3}, new double[] {2, 2, 3, 4, 4}))
                .isCloseTo(0.7460317460317459, within(1e-12));
        assertThat(method.exactPValue(new double[] {1}, new double[] {2})).isOne();
        // below all of 3: 2 of 4 ranks are as extreme
        assertThat(method.exactPValue(new double[] {0}, new double[] {1, 2, 3})).isEqualTo(0.5);
        assertThat(method.exactPValue(new double[] {2.5, 1, 2}, new double[] {1.5}))
                .isOne();
    }

    @ParameterizedTest
    @CsvSource({
        // scipy.special.kolmogorov
        "0.5, 0.9639452436648751", "1.0, 0.26999967167735456", "1.1799, 0.12351204971188676",
                "1.1801, 0.12339559161939295",
        "1.358, 0.05002679733444698", "3.0, 3.045995948942526e-08", "0.0, 1.0", "0.1, 1.0"
    })
    void theLimitLawIsThatOfKolmogorov(double x, double probability) {
        assertThat(KolmogorovLimit.survival(x)).isCloseTo(probability, within(1e-12 * probability));
    }

    @Test
    void theTwoSeriesOfTheLimitMeet() {
        assertThat(KolmogorovLimit.survival(Math.nextDown(1.18)))
                .isCloseTo(KolmogorovLimit.survival(1.18), within(1e-14));
        assertThat(KolmogorovLimit.survival(-1)).isOne();
        assertThat(KolmogorovLimit.survival(40)).isZero();
    }

    @Test
    void theAsymptoticLawTakesSizesOfBothSides() {
        KolmogorovSmirnov method = new KolmogorovSmirnov();
        assertThat(method.asymptoticPValue(1, 6, 4)).isCloseTo(0.016459484923676552, within(1e-12));
        assertThat(method.asymptoticPValue(0, 6, 4)).isOne();
        assertRefused(ErrorCode.OUT_OF_RANGE, () -> method.asymptoticPValue(1.5, 6, 4));
        assertRefused(ErrorCode.INSUFFICIENT_DATA, () -> method.asymptoticPValue(0.5, 0, 4));
        assertRefused(ErrorCode.INSUFFICIENT_DATA, () -> method.asymptoticPValue(0.5, 4, 0));
    }

    @Test
    void theBinnedWassersteinDistanceIsExactForValuesOnThePositions() {
        double[] x = {1, 1, 2, 5};
        double[] y = {2, 5, 5};
        BinnedWasserstein binned = new BinnedWasserstein(new double[] {1, 2, 5});
        assertThat(binned.score(new BinCounts(new long[] {2, 1, 1}), new BinCounts(new long[] {0, 1, 2})))
                .isCloseTo(new Wasserstein().score(x, y), within(1e-15));
        assertThat(binned)
                .isEqualTo(new BinnedWasserstein(new double[] {1, 2, 5}))
                .hasSameHashCodeAs(new BinnedWasserstein(new double[] {1, 2, 5}))
                .isNotEqualTo(new BinnedWasserstein(new double[] {1, 2}));
        BinCounts none = BinCounts.empty(3);
        assertRefused(ErrorCode.INSUFFICIENT_DATA, () -> binned.score(none.plus(0), none));
        assertRefused(ErrorCode.INSUFFICIENT_DATA, () -> binned.score(none, none.plus(0)));
        assertRefused(ErrorCode.LENGTH_MISMATCH, () -> binned.score(BinCounts.empty(2), none));
        assertRefused(ErrorCode.LENGTH_MISMATCH, () -> binned.score(none, BinCounts.empty(2)));
        assertRefused(ErrorCode.OUT_OF_RANGE, () -> new BinnedWasserstein(new double[] {1, 1}));
        assertRefused(ErrorCode.NON_FINITE_INPUT, () -> new BinnedWasserstein(new double[] {Double.NaN}));
    }
}
