package io.tidemark.statistics.sequential;

import static io.tidemark.statistics.sequential.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tidemark.statistics.counts.TwoArmCounts;
import io.tidemark.statistics.error.ErrorCode;
import io.tidemark.statistics.simulation.Draws;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RateRatioEProcessTest {

    private final RateRatioEProcess process = RateRatioEProcess.usual();

    @Test
    void handComputedPane() {
        // half of the units are canary, 3 of 4 bad ones are too: L(2) = 2^3 / 1.5^4
        RateRatioEProcess two = new RateRatioEProcess(2);
        LogRatios state = two.update(two.start(), new TwoArmCounts(3, 10, 1, 10));
        assertThat(two.logEvidence(state)).isCloseTo(Math.log(8 / 5.0625), within(1e-12));
    }

    @Test
    void panesWithoutComparisonAddNothing() {
        LogRatios state = process.start();
        assertThat(process.update(state, TwoArmCounts.NONE)).isEqualTo(state);
        assertThat(process.logEvidence(process.update(state, new TwoArmCounts(7, 9, 0, 0))))
                .isCloseTo(0, within(1e-12));
        assertThat(process.logEvidence(process.update(state, new TwoArmCounts(0, 0, 7, 9))))
                .isZero();
    }

    @Test
    void mergeLawsAndAnyOrderOfPanes() {
        List<TwoArmCounts> panes = panes(new Draws(1), 200);
        LogRatios inOrder = fold(panes);
        for (int seed = 0; seed < 20; seed++) {
            List<TwoArmCounts> shuffled = new ArrayList<>(panes);
            Collections.shuffle(shuffled, new Random(seed));
            int cut = new Random(seed).nextInt(panes.size());
            LogRatios left = fold(shuffled.subList(0, cut));
            LogRatios right = fold(shuffled.subList(cut, panes.size()));
            assertThat(process.logEvidence(process.merge(left, right)))
                    .isCloseTo(process.logEvidence(inOrder), within(1e-9));
            assertThat(process.merge(left, right)).isEqualTo(process.merge(right, left));
            assertThat(process.merge(left, process.start())).isEqualTo(left);
        }
    }

    @Test
    void restoredStateGivesTheSameEvidence() {
        LogRatios state = fold(panes(new Draws(2), 50));
        LogRatios restored = new LogRatios(state.values());
        assertThat(restored).isEqualTo(state).hasSameHashCodeAs(state);
        assertThat(process.logEvidence(restored)).isEqualTo(process.logEvidence(state));
    }

    @Test
    void aTrillionEventsGiveAFiniteAnswer() {
        long n = 500_000_000_000L;
        LogRatios state = process.update(process.start(), new TwoArmCounts(n / 10, n, n / 11, n));
        assertThat(process.logEvidence(state)).isFinite().isGreaterThan(1e8);
        assertThat(process.bestRatio(state)).isEqualTo(1.1);
    }

    @Test
    void badInputIsRefused() {
        assertRefused(ErrorCode.NEGATIVE_COUNT, () -> new TwoArmCounts(-1, 1, 0, 1));
        assertRefused(ErrorCode.NEGATIVE_COUNT, () -> new TwoArmCounts(0, 1, 0, -1));
        assertRefused(ErrorCode.OUT_OF_RANGE, () -> new TwoArmCounts(2, 1, 0, 1));
        assertRefused(ErrorCode.OUT_OF_RANGE, () -> new TwoArmCounts(0, 1, 2, 1));
        assertRefused(ErrorCode.OUT_OF_RANGE, () -> new RateRatioEProcess(2, 0));
        assertRefused(ErrorCode.INSUFFICIENT_DATA, RateRatioEProcess::new);
        assertRefused(ErrorCode.LENGTH_MISMATCH, () -> process.logEvidence(LogRatios.ones(2)));
        assertRefused(ErrorCode.OUT_OF_RANGE, () -> process.rejects(process.start(), 0));
        assertRefused(ErrorCode.NON_FINITE_INPUT, () -> new LogRatios(new double[] {Double.NaN}));
        assertRefused(ErrorCode.NON_FINITE_INPUT, () -> new LogRatios(new double[] {Double.POSITIVE_INFINITY}));
    }

    private LogRatios fold(List<TwoArmCounts> panes) {
        return panes.stream().reduce(process.start(), process::update, process::merge);
    }

    static List<TwoArmCounts> panes(Draws draws, int number) {
        List<TwoArmCounts> panes = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            panes.add(draws.pane(draws.binomial(400, draws.uniform()), 0.03, 200, 0.02));
        }
        return panes;
    }
}
