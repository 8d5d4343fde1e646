package io.tidemark.statistics.sequential;

import static io.tidemark.statistics.sequential.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tidemark.statistics.counts.BinomialCounts;
import io.tidemark.statistics.error.ErrorCode;
import io.tidemark.statistics.sequential.BurnRate.Rule;
import io.tidemark.statistics.sequential.BurnRate.Verdict;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Shiryaev-Roberts, CUSUM and burn rates. */
class ChangeDetectorsTest {

    private static final LogRatios TWICE = new LogRatios(new double[] {Math.log(2)});
    private static final LogRatios HALF = new LogRatios(new double[] {-Math.log(2)});

    @Test
    void handComputedShiryaevRoberts() {
        // (0 + 1) 2 = 2, (2 + 1) 2 = 6, (6 + 1) / 2 = 3.5
        ShiryaevRobertsDetector detector = new ShiryaevRobertsDetector(1, 0.2);
        LogRatios state = detector.update(detector.update(detector.start(), TWICE), TWICE);
        assertThat(Math.exp(detector.logStatistic(state))).isCloseTo(6, within(1e-12));
        assertThat(detector.alarms(state)).isTrue();
        LogRatios after = detector.update(state, HALF);
        assertThat(Math.exp(detector.logStatistic(after))).isCloseTo(3.5, within(1e-12));
        assertThat(detector.alarms(after)).isFalse();
    }

    @Test
    void handComputedEvidenceCusum() {
        // 1/2, then max(1/2, 1) 2 = 2, then 4
        EvidenceCusumDetector detector = new EvidenceCusumDetector(1, 0.3);
        LogRatios state = detector.update(detector.start(), HALF);
        assertThat(Math.exp(detector.logStatistic(state))).isCloseTo(0.5, within(1e-12));
        state = detector.update(detector.update(state, TWICE), TWICE);
        assertThat(Math.exp(detector.logStatistic(state))).isCloseTo(4, within(1e-12));
        assertThat(detector.alarms(state)).isTrue();
    }

    @Test
    void bernoulliRatiosAddOverUnits() {
        BernoulliAlternatives grid = new BernoulliAlternatives(0.1, 0.2, 0.4);
        LogRatios pane = grid.ratios(new BinomialCounts(2, 3));
        assertThat(pane.value(0)).isCloseTo(2 * Math.log(2) + 3 * Math.log(0.8 / 0.9), within(1e-12));
        assertThat(pane.value(1)).isCloseTo(2 * Math.log(4) + 3 * Math.log(0.6 / 0.9), within(1e-12));
    }

    @Test
    void runLengthsAgreeWithThePublishedTable() {
        assertThat(CusumRunLength.mean(0.5, 5, 0)).isCloseTo(930.887, within(1e-3));
        assertThat(CusumRunLength.mean(0.5, 4, 0)).isCloseTo(335.37, within(1e-2));
        assertThat(CusumRunLength.mean(0.5, 4, 1)).isCloseTo(8.383, within(1e-3));
        assertRefused(ErrorCode.OUT_OF_RANGE, () -> CusumRunLength.mean(0.5, 0, 0));
        assertRefused(ErrorCode.OUT_OF_RANGE, () -> CusumRunLength.mean(2, 40, 0));
        assertRefused(ErrorCode.NON_FINITE_INPUT, () -> CusumRunLength.mean(Double.NaN, 4, 0));
    }

    @Test
    void handComputedCusum() {
        CusumDetector detector = new CusumDetector(0.5, 1);
        CusumDetector.Sum sum = detector.update(detector.update(detector.start(), -3.0), 1.5);
        assertThat(sum.value()).isEqualTo(1);
        assertThat(detector.alarms(sum)).isFalse();
        assertThat(detector.alarms(detector.update(sum, 0.6))).isTrue();
    }

    @Test
    void burnRatesFireOnlyWhenBothWindowsBurnAndThereIsTraffic() {
        BurnRate burnRate = new BurnRate(0.01);
        Rule rule = Rule.workbook(100).get(0);
        assertThat(rule).isEqualTo(new Rule(14.4, Duration.ofHours(1), Duration.ofMinutes(5), 100));
        BinomialCounts burning = BinomialCounts.of(200, 1_000);
        BinomialCounts calm = BinomialCounts.of(1, 1_000);
        assertThat(burnRate.of(burning)).isCloseTo(20, within(1e-12));
        assertThat(burnRate.judge(rule, burning, burning)).isEqualTo(Verdict.FIRING);
        assertThat(burnRate.judge(rule, burning, calm)).isEqualTo(Verdict.QUIET);
        assertThat(burnRate.judge(rule, calm, burning)).isEqualTo(Verdict.QUIET);
        assertThat(burnRate.judge(rule, BinomialCounts.of(99, 99), burning)).isEqualTo(Verdict.INSUFFICIENT);
        assertThat(burnRate.judge(rule, burning, BinomialCounts.NONE)).isEqualTo(Verdict.INSUFFICIENT);
    }

    @Test
    void badInputIsRefused() {
        assertRefused(ErrorCode.INSUFFICIENT_DATA, () -> new ShiryaevRobertsDetector(0, 0.1));
        assertRefused(ErrorCode.OUT_OF_RANGE, () -> new ShiryaevRobertsDetector(1, 1));
        assertRefused(
                ErrorCode.LENGTH_MISMATCH, () -> new ShiryaevRobertsDetector(2, 0.1).update(TWICE, LogRatios.ones(2)));
        assertRefused(ErrorCode.INSUFFICIENT_DATA, () -> new EvidenceCusumDetector(0, 0.1));
        assertRefused(ErrorCode.OUT_OF_RANGE, () -> new EvidenceCusumDetector(1, 0));
        assertRefused(ErrorCode.OUT_OF_RANGE, () -> new BernoulliAlternatives(0.1, 1));
        assertRefused(ErrorCode.INSUFFICIENT_DATA, () -> new BernoulliAlternatives(0.1));
        assertRefused(ErrorCode.OUT_OF_RANGE, () -> new CusumDetector(0.5, -1));
        assertRefused(ErrorCode.NON_FINITE_INPUT, () -> new CusumDetector(0.5, 1)
                .update(new CusumDetector.Sum(0), Double.NaN));
        assertRefused(ErrorCode.INSUFFICIENT_DATA, () -> new BurnRate(0.1).of(BinomialCounts.NONE));
        assertRefused(ErrorCode.OUT_OF_RANGE, () -> new BurnRate(0));
        assertRefused(ErrorCode.OUT_OF_RANGE, () -> new Rule(0, Duration.ofHours(1), Duration.ofMinutes(5), 1));
        assertRefused(ErrorCode.OUT_OF_RANGE, () -> new Rule(1, Duration.ofMinutes(5), Duration.ofHours(1), 1));
    }
}
