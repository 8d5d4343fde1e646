package io.tidemark.jobs.canary;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.release.GuardrailMeasures;
import io.tidemark.jobs.canary.Contribution.Arm;
import io.tidemark.statistics.histogram.LogGrid;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScoreJoinTest {

    private static final long START = Releases.START.toEpochMilli();
    private static final int JUDGE =
            Cell.VALUES.indexOf(GuardrailMeasures.named("judge_score").source());

    private KeyedTwoInputStreamOperatorTestHarness<Long, TraceArm, Score, Contribution> harness;

    @BeforeEach
    void open() throws Exception {
        harness = newHarness();
        harness.open();
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    @Test
    void whicheverComesFirstTheScoreReachesTheArmOfItsTrace() throws Exception {
        trace(1, "release-1", Arm.CANDIDATE);
        score(1, 100, 0.5, START + 12_000);
        score(2, 101, 0.75, START + 3_000);
        trace(2, "release-1", Arm.CONTROL);

        List<Contribution> output = output();
        assertThat(output).extracting(Contribution::arm).containsExactly(Arm.CANDIDATE, Arm.CONTROL);
        assertThat(output).extracting(Contribution::paneStartMillis).containsExactly(START + 10_000, START);
        Cell cell = new Cell();
        cell.add(output.get(0).cell());
        assertThat(cell.scored.get(1L).highest[JUDGE]).isEqualTo(LogGrid.index(0.5));
    }

    @Test
    void anOutcomeThatComesTwiceCountsOnceAndAReleaseAtATraceOnce() throws Exception {
        trace(1, "release-1", Arm.CANDIDATE);
        trace(1, "release-1", Arm.CANDIDATE);
        trace(1, "release-2", Arm.CONTROL);
        score(1, 100, 0.5, START);
        score(1, 100, 0.5, START);

        assertThat(output()).extracting(Contribution::releaseId).containsExactly("release-1", "release-2");
    }

    @Test
    void aScoreThatComesLateCountsInTheFirstOpenPane() throws Exception {
        trace(1, "release-1", Arm.CANDIDATE);
        time(START + 59_999);
        score(1, 100, 0.5, START + 5_000);

        assertThat(output()).extracting(Contribution::paneStartMillis).containsExactly(START + 60_000);
    }

    @Test
    void whatWaitsOutlivesARestartAndIsForgottenAfterTheHorizon() throws Exception {
        trace(1, "release-1", Arm.CANDIDATE);
        OperatorSubtaskState state = harness.snapshot(1, 1);
        harness.close();
        harness = newHarness();
        harness.initializeState(state);
        harness.open();
        score(1, 100, 0.5, START);
        assertThat(output()).hasSize(1);

        time(START + 3_599_999);
        assertThat(harness.numKeyedStateEntries()).isPositive();
        time(START + 3_600_000);
        assertThat(harness.numKeyedStateEntries()).isZero();
        score(1, 102, 0.5, START + 3_600_000);
        assertThat(output()).as("the trace is forgotten").hasSize(1);
    }

    private static KeyedTwoInputStreamOperatorTestHarness<Long, TraceArm, Score, Contribution> newHarness()
            throws Exception {
        return new KeyedTwoInputStreamOperatorTestHarness<>(
                new KeyedCoProcessOperator<>(new ScoreJoin(Duration.ofHours(1))),
                TraceArm::trace,
                Score::trace,
                Types.LONG);
    }

    private void trace(long trace, String release, Arm arm) throws Exception {
        Contribution contribution = new Contribution(release, arm, 0, "", "acme", START, new byte[0]);
        harness.processElement1(new TraceArm(trace, trace, contribution), START);
    }

    private void score(long trace, long outcome, double value, long millis) throws Exception {
        harness.processElement2(new Score(trace, outcome, JUDGE, value, millis), millis);
    }

    private void time(long millis) throws Exception {
        harness.processWatermark1(new Watermark(millis));
        harness.processWatermark2(new Watermark(millis));
    }

    private List<Contribution> output() {
        return harness.extractOutputValues();
    }
}
