package io.tidemark.jobs.judging;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.jobs.judging.judge.JudgeSample;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class PairAnswersTest {

    private static final long START = 1_772_409_600_000L;
    private static final long HORIZON = Duration.ofMinutes(5).toMillis();

    @Test
    void whicheverComesFirstTheShadowIsHeldAgainstProduction() throws Exception {
        try (var harness = harness()) {
            harness.open();
            harness.processElement(answer("1", "PRODUCTION", "yes"), START);
            harness.processElement(answer("2", "SHADOW", "no"), START);
            harness.processElement(answer("2", "PRODUCTION", "yes"), START);
            harness.processElement(answer("1", "SHADOW", "indeed"), START);
            assertThat(harness.extractOutputValues())
                    .allMatch(pair -> pair.role().equals("SHADOW"))
                    .extracting(pair -> pair.traceId(), pair -> pair.sample().prompt(), pair -> pair.sample()
                            .response())
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple("2", "yes", "no"),
                            org.assertj.core.groups.Tuple.tuple("1", "yes", "indeed"));
            assertThat(harness.numKeyedStateEntries()).as("nothing waits").isZero();
        }
    }

    @Test
    void anAnswerWaitsAcrossARestartAndIsGivenUpAfterItsTime() throws Exception {
        OperatorSubtaskState state;
        try (var harness = harness()) {
            harness.open();
            harness.processElement(answer("1", "PRODUCTION", "yes"), START);
            harness.processElement(answer("2", "PRODUCTION", "yes"), START);
            state = harness.snapshot(1, 1);
        }
        try (var restored = harness()) {
            restored.initializeState(state);
            restored.open();
            restored.processElement(answer("1", "SHADOW", "no"), START);
            restored.processWatermark(START + HORIZON + Duration.ofSeconds(20).toMillis());
            restored.processElement(answer("2", "SHADOW", "no"), START);
            assertThat(restored.extractOutputValues())
                    .extracting(JudgeTask::traceId)
                    .containsExactly("1");
        }
    }

    @Test
    void onlyAnswersOfProductionAndOfShadowsWithATextArePaired() {
        assertThat(List.of(answer("1", "PRODUCTION", "yes"), answer("1", "SHADOW", "yes")))
                .allMatch(PairAnswers::mayBePaired);
        assertThat(List.of(answer("1", "CANARY", "yes"), answer("1", "SHADOW", " ")))
                .noneMatch(PairAnswers::mayBePaired);
    }

    private static JudgeTask answer(String trace, String role, String text) {
        return new JudgeTask(
                "acme",
                trace,
                "",
                List.of("model", "none", "prompt-1", "none", "none", "eval", "engine"),
                role,
                "refund",
                START * 1_000,
                1,
                1,
                JudgeSample.of("question", text),
                "");
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, JudgeTask, JudgeTask> harness() throws Exception {
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new PairAnswers(Duration.ofMillis(HORIZON))),
                PairAnswers::key,
                Types.STRING);
    }
}
