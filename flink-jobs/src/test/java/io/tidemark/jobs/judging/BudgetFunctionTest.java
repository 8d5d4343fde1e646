package io.tidemark.jobs.judging;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.jobs.judging.judge.Judge;
import io.tidemark.jobs.judging.judge.JudgeSample;
import io.tidemark.jobs.judging.judge.JudgeSettings;
import io.tidemark.jobs.judging.judge.Judgement;
import io.tidemark.jobs.judging.judge.Judges;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class BudgetFunctionTest {

    private static final long DAY = Duration.ofDays(1).toNanos() / 1_000;
    private static final JudgeSettings SETTINGS = new JudgeSettings(
            null,
            new JudgeSettings.OpenAi(
                    "http://127.0.0.1:1", "model", "", "answer-quality@1", Duration.ofSeconds(1), 1, 150, 600));
    private static final JudgeSample SAMPLE = JudgeSample.of("How?", "So.");

    @Test
    void whatIsOverTheBudgetOfTheDayIsNotAsked() throws Exception {
        try (var harness = harness(3 * cost())) {
            harness.open();
            harness.processElements(tasks("acme", 1, 5));
            harness.processElements(tasks("globex", 1, 2));
            harness.processElements(tasks("acme", 2, 1));
            assertThat(harness.extractOutputValues())
                    .extracting(JudgeTask::refusal)
                    .containsExactly("", "", "", Judgement.OVER_BUDGET, Judgement.OVER_BUDGET, "", "", "");
        }
    }

    @Test
    void whatIsSpentIsRememberedAcrossARestart() throws Exception {
        OperatorSubtaskState state;
        try (var harness = harness(2 * cost())) {
            harness.open();
            harness.processElements(tasks("acme", 1, 2));
            state = harness.snapshot(1, 1);
        }
        try (var harness = harness(2 * cost())) {
            harness.initializeState(state);
            harness.open();
            harness.processElements(tasks("acme", 1, 1));
            assertThat(harness.extractOutputValues())
                    .extracting(JudgeTask::refusal)
                    .containsExactly(Judgement.OVER_BUDGET);
        }
    }

    @Test
    void aSampleWithoutTextCostsNothing() throws Exception {
        try (var harness = harness(0)) {
            harness.open();
            harness.processElement(task("acme", 1, JudgeSample.of("", "")), 0);
            assertThat(harness.extractOutputValues())
                    .extracting(JudgeTask::refusal)
                    .containsExactly("");
        }
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, JudgeTask, JudgeTask> harness(long budget)
            throws Exception {
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new BudgetFunction(() -> Judges.create(Judges.OPENAI, SETTINGS), budget)),
                JudgeTask::tenant,
                Types.STRING);
    }

    private static long cost() {
        try (Judge judge = Judges.create(Judges.OPENAI, SETTINGS)) {
            return judge.highestCostNanoUsd(SAMPLE);
        }
    }

    private static List<StreamRecord<JudgeTask>> tasks(String tenant, long day, int count) {
        return LongStream.range(0, count)
                .mapToObj(i -> new StreamRecord<>(task(tenant, day, SAMPLE)))
                .toList();
    }

    private static JudgeTask task(String tenant, long day, JudgeSample sample) {
        return JudgedOutcomesTest.task(tenant, day * DAY + 1, sample);
    }
}
