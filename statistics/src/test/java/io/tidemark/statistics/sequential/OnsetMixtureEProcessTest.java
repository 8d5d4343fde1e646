package io.tidemark.statistics.sequential;

import static io.tidemark.statistics.sequential.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tidemark.statistics.counts.TwoArmCounts;
import io.tidemark.statistics.error.ErrorCode;
import io.tidemark.statistics.simulation.Draws;
import java.util.List;
import org.junit.jupiter.api.Test;

class OnsetMixtureEProcessTest {

    private final OnsetMixtureEProcess process = OnsetMixtureEProcess.usual(100);

    @Test
    void handComputedTwoPanes() {
        // L = 2 / 1.5 a pane, N = 4: E0 = L^2, S = (L/4 + 1/4) L
        OnsetMixtureEProcess one = new OnsetMixtureEProcess(4, 2);
        TwoArmCounts pane = new TwoArmCounts(1, 10, 0, 10);
        OnsetEvidence state = one.update(one.update(one.start(), pane), pane);
        double ratio = 2 / 1.5;
        double wanted = (ratio * ratio + (ratio / 4 + 0.25) * ratio) / 2;
        assertThat(one.logEvidence(state)).isCloseTo(Math.log(wanted), within(1e-12));
    }

    @Test
    void nothingIsStakedBeyondThePlan() {
        OnsetMixtureEProcess two = new OnsetMixtureEProcess(2, 2);
        OnsetEvidence state = two.start();
        for (int pane = 0; pane < 10; pane++) {
            state = two.update(state, TwoArmCounts.NONE);
        }
        assertThat(state.panes()).isEqualTo(10);
        assertThat(two.logEvidence(state)).isCloseTo(0, within(1e-12));
    }

    @Test
    void evidenceStartsAtOneHalfAndNeverExceedsOneWithoutEvents() {
        assertThat(process.logEvidence(process.start())).isCloseTo(Math.log(0.5), within(1e-12));
    }

    @Test
    void piecesOfAPaneMergeExactly() {
        TwoArmCounts left = new TwoArmCounts(3, 40, 7, 300);
        TwoArmCounts right = new TwoArmCounts(1, 60, 2, 100);
        OnsetEvidence start = process.update(process.start(), left);
        assertThat(process.update(start, left.plus(right))).isEqualTo(process.update(start, right.plus(left)));
        LogRatios strata = process.pane(left).times(process.pane(right));
        assertThat(process.close(start, strata))
                .isEqualTo(process.close(start, process.pane(right).times(process.pane(left))));
    }

    @Test
    void runsOfPanesJoinAsIfAddedInTurn() {
        List<TwoArmCounts> panes = RateRatioEProcessTest.panes(new Draws(3), 60);
        OnsetEvidence inTurn = run(panes);
        for (int cut : new int[] {0, 1, 17, 59, 60}) {
            OnsetEvidence joined = process.append(run(panes.subList(0, cut)), run(panes.subList(cut, 60)));
            assertThat(joined.panes()).isEqualTo(inTurn.panes());
            assertThat(process.logEvidence(joined)).isCloseTo(process.logEvidence(inTurn), within(1e-9));
        }
        OnsetEvidence a = run(panes.subList(0, 20));
        OnsetEvidence b = run(panes.subList(20, 40));
        OnsetEvidence c = run(panes.subList(40, 60));
        assertThat(process.logEvidence(process.append(process.append(a, b), c)))
                .isCloseTo(process.logEvidence(process.append(a, process.append(b, c))), within(1e-9));
    }

    @Test
    void restoredStateGoesOnAsBefore() {
        OnsetEvidence state = run(RateRatioEProcessTest.panes(new Draws(4), 30));
        OnsetEvidence restored = new OnsetEvidence(
                state.panes(),
                new LogRatios(state.steady().values()),
                new LogRatios(state.onset().values()));
        TwoArmCounts next = new TwoArmCounts(2, 30, 4, 200);
        assertThat(process.update(restored, next)).isEqualTo(process.update(state, next));
    }

    @Test
    void badInputIsRefused() {
        assertRefused(ErrorCode.INSUFFICIENT_DATA, () -> OnsetMixtureEProcess.usual(0));
        OnsetEvidence long1 = run(RateRatioEProcessTest.panes(new Draws(5), 60));
        assertRefused(ErrorCode.OUT_OF_RANGE, () -> process.append(long1, long1));
        assertRefused(ErrorCode.LENGTH_MISMATCH, () -> process.close(process.start(), LogRatios.ones(2)));
        assertRefused(ErrorCode.LENGTH_MISMATCH, () -> new OnsetEvidence(0, LogRatios.ones(2), LogRatios.ones(3)));
        assertRefused(ErrorCode.NEGATIVE_COUNT, () -> new OnsetEvidence(-1, LogRatios.ones(2), LogRatios.ones(2)));
    }

    private OnsetEvidence run(List<TwoArmCounts> panes) {
        OnsetEvidence state = process.start();
        for (TwoArmCounts pane : panes) {
            state = process.update(state, pane);
        }
        return state;
    }
}
