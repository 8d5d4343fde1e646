package io.tidemark.statistics.sequential;

import static io.tidemark.statistics.sequential.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tidemark.statistics.counts.BinomialCounts;
import io.tidemark.statistics.error.ErrorCode;
import io.tidemark.statistics.sequential.ShareCountEProcess.Side;
import org.junit.jupiter.api.Test;

/** The e-processes whose state is a pair of counts. */
class CountEProcessesTest {

    @Test
    void handComputedShareCounts() {
        // uniform prior, share 1/2, one event: B(2,1) / (1/2) = 1; one-sided: (3/8 / (1/2)) / (1/2) = 3/2
        BinomialCounts one = new BinomialCounts(1, 0);
        assertThat(new ShareCountEProcess(0.5, 1, 1, Side.TWO_SIDED).logEvidence(one))
                .isCloseTo(0, within(1e-13));
        assertThat(new ShareCountEProcess(0.5, 1, 1, Side.CANARY_WORSE).logEvidence(one))
                .isCloseTo(Math.log(1.5), within(1e-13));
    }

    @Test
    void handComputedLimit() {
        // uniform prior over (1/2, 1], one bad unit: mean of p / (1/2) = 3/2; one good unit: mean of (1-p) / (1/2) =
        // 1/2
        RateLimitEProcess limit = new RateLimitEProcess(0.5, 1, 1);
        assertThat(limit.logEvidence(new BinomialCounts(1, 0))).isCloseTo(Math.log(1.5), within(1e-13));
        assertThat(limit.logEvidence(new BinomialCounts(0, 1))).isCloseTo(Math.log(0.5), within(1e-13));
        assertThat(limit.logEvidence(limit.start())).isZero();
    }

    @Test
    void billionsOfEventsGiveAFiniteAnswer() {
        RateLimitEProcess limit = RateLimitEProcess.usual(0.05);
        assertThat(limit.logEvidence(new BinomialCounts(0, 1_000_000_000_000L))).isBetween(-60.0, -10.0);
        assertThat(limit.logEvidence(new BinomialCounts(60_000_000_000L, 940_000_000_000L)))
                .isBetween(9e8, 1.1e9);
    }

    @Test
    void statesMergeInAnyOrder() {
        ShareCountEProcess share = new ShareCountEProcess(0.1, 1, 1, Side.TWO_SIDED);
        BinomialCounts a = new BinomialCounts(3, 40);
        BinomialCounts b = new BinomialCounts(9, 1);
        assertThat(share.merge(a, b)).isEqualTo(share.merge(b, a)).isEqualTo(share.update(a, b));
        assertThat(share.merge(a, share.start())).isEqualTo(a);
        RateLimitEProcess limit = RateLimitEProcess.usual(0.1);
        assertThat(limit.merge(a, b)).isEqualTo(limit.update(limit.update(limit.start(), b), a));
    }

    @Test
    void badInputIsRefused() {
        assertRefused(ErrorCode.OUT_OF_RANGE, () -> new ShareCountEProcess(1, 1, 1, Side.TWO_SIDED));
        assertRefused(ErrorCode.OUT_OF_RANGE, () -> new ShareCountEProcess(0.5, 0, 1, Side.TWO_SIDED));
        assertRefused(ErrorCode.OUT_OF_RANGE, () -> new ShareCountEProcess(0.5, 1, -1, Side.TWO_SIDED));
        assertRefused(ErrorCode.OUT_OF_RANGE, () -> RateLimitEProcess.usual(0));
        assertRefused(ErrorCode.NON_FINITE_INPUT, () -> RateLimitEProcess.usual(Double.NaN));
        assertRefused(ErrorCode.OUT_OF_RANGE, () -> new RateLimitEProcess(0.1, 1, 0));
        assertRefused(ErrorCode.NEGATIVE_COUNT, () -> new BinomialCounts(-1, 0));
        assertRefused(ErrorCode.OUT_OF_RANGE, () -> BinomialCounts.of(3, 2));
    }
}
