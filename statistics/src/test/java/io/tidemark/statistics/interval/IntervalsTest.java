package io.tidemark.statistics.interval;

import static io.tidemark.statistics.sequential.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tidemark.statistics.counts.BinomialCounts;
import io.tidemark.statistics.counts.Moments;
import io.tidemark.statistics.error.ErrorCode;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;

class IntervalsTest {

    @Test
    void wilsonWithoutSuccessesIsZSquaredOverNPlusZSquared() {
        double square = 1.959963984540054 * 1.959963984540054;
        Bounds bounds = new WilsonInterval(0.95).of(new BinomialCounts(0, 10));
        assertThat(bounds.lower()).isZero();
        assertThat(bounds.upper()).isCloseTo(square / (10 + square), within(1e-12));
    }

    @Test
    void clopperPearsonLeavesExactlyTheTails() {
        Bounds bounds = new ClopperPearsonInterval(0.9).of(new BinomialCounts(7, 13));
        assertThat(BinomialDistribution.of(20, bounds.lower()).survivalProbability(6))
                .isCloseTo(0.05, within(1e-12));
        assertThat(BinomialDistribution.of(20, bounds.upper()).cumulativeProbability(7))
                .isCloseTo(0.05, within(1e-12));
        assertThat(new ClopperPearsonInterval(0.9).of(new BinomialCounts(0, 5)).lower())
                .isZero();
        assertThat(new ClopperPearsonInterval(0.9).of(new BinomialCounts(5, 0)).upper())
                .isEqualTo(1);
    }

    @Test
    void rareSuccessesAmongATrillionKeepTheirDigits() {
        // Poisson limits of 3 events: chi-square quantiles over 2n
        Bounds bounds = new ClopperPearsonInterval(0.95).of(BinomialCounts.of(3, 1_000_000_000_000L));
        assertThat(bounds.lower()).isCloseTo(0.6186721e-12, within(1e-18));
        assertThat(bounds.upper()).isCloseTo(8.767273e-12, within(1e-15));
    }

    @Test
    void sequenceKnowsNothingWithoutTrialsAndIsWiderThanOneLook() {
        BetaBinomialSequence sequence = BetaBinomialSequence.usual(0.05);
        assertThat(sequence.of(BinomialCounts.NONE)).isEqualTo(new Bounds(0, 1));
        Bounds always = sequence.of(new BinomialCounts(945, 55));
        Bounds once = new ClopperPearsonInterval(0.95).of(new BinomialCounts(945, 55));
        assertThat(always.lower()).isLessThan(once.lower());
        assertThat(always.upper()).isGreaterThan(once.upper());
        assertThat(always.contains(0.945)).isTrue();
        assertThat(always.contains(0.90)).isFalse();
    }

    @Test
    void sequenceIsSymmetric() {
        BetaBinomialSequence sequence = BetaBinomialSequence.usual(0.05);
        Bounds bounds = sequence.of(new BinomialCounts(30, 70));
        Bounds mirrored = sequence.of(new BinomialCounts(70, 30));
        assertThat(mirrored.lower()).isCloseTo(1 - bounds.upper(), within(1e-12));
    }

    @Test
    void handComputedNormalSequence() {
        // V = 4, rho = 4, alpha = 1/e: half = sqrt(8 (ln 2 + 2)) / 4
        Bounds bounds = new NormalMixtureSequence(4, 1 / Math.E).of(Moments.ofVariance(4, 10, 1));
        assertThat(bounds.halfWidth()).isCloseTo(Math.sqrt(8 * (Math.log(2) + 2)) / 4, within(1e-12));
        assertThat(bounds.contains(10)).isTrue();
    }

    @Test
    void badInputIsRefused() {
        assertRefused(ErrorCode.INSUFFICIENT_DATA, () -> new WilsonInterval(0.95).of(BinomialCounts.NONE));
        assertRefused(ErrorCode.INSUFFICIENT_DATA, () -> new ClopperPearsonInterval(0.95).of(BinomialCounts.NONE));
        assertRefused(ErrorCode.OUT_OF_RANGE, () -> new WilsonInterval(1));
        assertRefused(ErrorCode.OUT_OF_RANGE, () -> new ClopperPearsonInterval(0));
        assertRefused(ErrorCode.OUT_OF_RANGE, () -> BetaBinomialSequence.usual(1));
        assertRefused(ErrorCode.OUT_OF_RANGE, () -> new BetaBinomialSequence(0.1, 0, 1));
        assertRefused(ErrorCode.OUT_OF_RANGE, () -> new BetaBinomialSequence(0.1, 1, 0));
        assertRefused(ErrorCode.OUT_OF_RANGE, () -> new NormalMixtureSequence(0, 0.05));
        assertRefused(ErrorCode.OUT_OF_RANGE, () -> new NormalMixtureSequence(1, 0));
        assertRefused(ErrorCode.INSUFFICIENT_DATA, () -> new NormalMixtureSequence(1, 0.05).of(Moments.NONE.plus(1)));
        assertRefused(ErrorCode.NON_FINITE_INPUT, () -> new Bounds(Double.NaN, 1));
    }
}
