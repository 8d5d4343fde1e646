package io.tidemark.statistics.sequential;

import static io.tidemark.statistics.sequential.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tidemark.statistics.counts.Moments;
import io.tidemark.statistics.counts.TwoArmMoments;
import io.tidemark.statistics.error.ErrorCode;
import org.junit.jupiter.api.Test;

/** Normal mixture, betting and rank sequences. */
class MeanSequencesTest {

    @Test
    void handComputedNormalMixture() {
        // v = 1/2 + 1/2 = 1, d = 2, tau2 = 1: ln L = -ln(2)/2 + 4/4
        TwoArmMoments arms = new TwoArmMoments(Moments.ofVariance(2, 5, 1), Moments.ofVariance(2, 3, 1));
        NormalMixtureEProcess.Look look = new NormalMixtureEProcess(1, 2).look(arms);
        assertThat(look.difference()).isEqualTo(2);
        assertThat(look.logLikelihoodRatio()).isCloseTo(1 - Math.log(2) / 2, within(1e-13));
        assertThat(look.alwaysValidP()).isCloseTo(Math.sqrt(2) / Math.E, within(1e-13));
    }

    @Test
    void thereIsNoEvidenceBeforeTheBurnIn() {
        TwoArmMoments arms = new TwoArmMoments(Moments.ofVariance(99, 50, 1), Moments.ofVariance(5_000, 3, 1));
        assertThat(new NormalMixtureEProcess(1, 100).logEvidence(arms)).isZero();
        assertThat(new NormalMixtureEProcess(1, 99).logEvidence(arms)).isGreaterThan(10);
    }

    @Test
    void armsMergeInAnyOrder() {
        NormalMixtureEProcess process = new NormalMixtureEProcess(0.1, 2);
        TwoArmMoments a = new TwoArmMoments(Moments.NONE.plus(1).plus(4), Moments.NONE.plus(3));
        TwoArmMoments b =
                new TwoArmMoments(Moments.NONE.plus(2), Moments.NONE.plus(7).plus(8));
        double one = process.logEvidence(process.merge(a, b));
        assertThat(process.logEvidence(process.update(b, a))).isCloseTo(one, within(1e-12));
        assertThat(process.merge(a, process.start())).isEqualTo(a);
        assertThat(process.merge(process.start(), a)).isEqualTo(a);
    }

    @Test
    void handComputedBettingStep() {
        // first bet is capped at 1/2; x = 1 against the mean 1/2: penalty (1/4)(ln 2 - 1/2)
        EmpiricalBernsteinSequence sequence = EmpiricalBernsteinSequence.usual(0.05);
        BettingState state = sequence.update(sequence.start(), 1);
        assertThat(state.bets()).isEqualTo(0.5);
        assertThat(state.penalty()).isCloseTo((Math.log(2) - 0.5) / 4, within(1e-14));
        assertThat(sequence.bounds(state).lower()).isZero();
        assertThat(sequence.logEvidenceAbove(state, 0.2)).isCloseTo(0.5 * 0.8 - state.penalty(), within(1e-14));
        assertThat(sequence.logEvidenceBelow(state, 0.2)).isCloseTo(-0.5 * 0.8 - state.penalty(), within(1e-14));
    }

    @Test
    void bettingBoundsCloseInOnConstants() {
        EmpiricalBernsteinSequence sequence = EmpiricalBernsteinSequence.usual(0.05);
        BettingState state = sequence.start();
        for (int i = 0; i < 2_000; i++) {
            state = sequence.update(state, 0.7);
        }
        assertThat(sequence.bounds(state).contains(0.7)).isTrue();
        assertThat(sequence.bounds(state).halfWidth()).isLessThan(0.01);
        assertThat(sequence.logEvidenceAbove(state, 0.6)).isGreaterThan(Math.log(100));
    }

    @Test
    void ranksSayWhenThereIsNoBoundYet() {
        QuantileRankSequence sequence = new QuantileRankSequence(0.05);
        assertThat(sequence.ranks(100, 0.99).boundedAbove()).isFalse();
        assertThat(sequence.ranks(100, 0.01).boundedBelow()).isFalse();
        assertThat(sequence.ranks(1_000_000_000_000L, 0.99).boundedAbove()).isTrue();
        assertThat(sequence.ranks(1_000_000_000_000L, 0.01).boundedBelow()).isTrue();
    }

    @Test
    void badInputIsRefused() {
        Moments equal = Moments.ofVariance(5, 1, 0);
        assertRefused(ErrorCode.OUT_OF_RANGE, () -> new NormalMixtureEProcess(0, 2));
        assertRefused(ErrorCode.INSUFFICIENT_DATA, () -> new NormalMixtureEProcess(1, 1));
        assertRefused(ErrorCode.DEGENERATE_VARIANCE, () -> new NormalMixtureEProcess(1, 2)
                .look(new TwoArmMoments(equal, equal)));
        assertRefused(ErrorCode.INSUFFICIENT_DATA, () -> new NormalMixtureEProcess(1, 2).look(TwoArmMoments.NONE));
        assertRefused(ErrorCode.INSUFFICIENT_DATA, () -> Moments.ofVariance(1, 1, 1));
        assertRefused(ErrorCode.OUT_OF_RANGE, () -> Moments.ofVariance(2, 1, -1));
        assertRefused(ErrorCode.NON_FINITE_INPUT, () -> Moments.NONE.plus(Double.NaN));
        assertRefused(ErrorCode.NEGATIVE_COUNT, () -> new Moments(-1, 0, 0));
        EmpiricalBernsteinSequence sequence = EmpiricalBernsteinSequence.usual(0.05);
        assertRefused(ErrorCode.OUT_OF_RANGE, () -> sequence.update(sequence.start(), 1.01));
        assertRefused(ErrorCode.OUT_OF_RANGE, () -> new EmpiricalBernsteinSequence(0.05, 1));
        assertRefused(ErrorCode.OUT_OF_RANGE, () -> EmpiricalBernsteinSequence.usual(0));
        QuantileRankSequence ranks = new QuantileRankSequence(0.05);
        assertRefused(ErrorCode.INSUFFICIENT_DATA, () -> ranks.ranks(0, 0.5));
        assertRefused(ErrorCode.NEGATIVE_COUNT, () -> ranks.ranks(-1, 0.5));
        assertRefused(ErrorCode.OUT_OF_RANGE, () -> ranks.ranks(5, 1));
        assertRefused(ErrorCode.OUT_OF_RANGE, () -> new QuantileRankSequence(1));
    }
}
