package io.tidemark.jobs.judging;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.jobs.judging.judge.JudgeSample;
import io.tidemark.jobs.judging.judge.Judgement;
import io.tidemark.jobs.judging.judge.Score;
import io.tidemark.registry.ConfluentSchemaRegistry;
import io.tidemark.registry.TrustedRecords;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What waits for how long; nobody contradicts anybody here, so that no registry is asked. */
class ContradictionsTest {

    private static final long START = 1_772_409_600_000L;
    private static final long MINUTE = 60_000;
    private static final Feedback UP = new Feedback("acme", "trace-1", "thumbs", true, START);

    @BeforeAll
    static void trust() {
        TrustedRecords.register();
    }

    @Test
    void whatAUserSaysWaitsForAJudgeForMinutes() throws Exception {
        try (var harness = harness()) {
            harness.open();
            harness.processElement2(UP, START);
            advance(harness, START + 9 * MINUTE);
            assertThat(harness.numKeyedStateEntries()).isOne();
            advance(harness, START + 10 * MINUTE);
            assertThat(harness.numKeyedStateEntries()).isZero();
        }
    }

    @Test
    void aJudgedAnswerWaitsForItsUserForADay() throws Exception {
        try (var harness = harness()) {
            harness.open();
            harness.processElement1(judged(), START);
            harness.processElement2(UP, START);
            advance(harness, START + Contradictions.WAIT_FOR_USER.toMillis() - 1);
            assertThat(harness.numKeyedStateEntries()).isEqualTo(2);
            advance(harness, START + Contradictions.WAIT_FOR_USER.toMillis());
            assertThat(harness.numKeyedStateEntries()).isZero();
            assertThat(harness.extractOutputValues()).isEmpty();
        }
    }

    private static Judged judged() {
        JudgeTask task = JudgedOutcomesTest.task("acme", START * 1_000, JudgeSample.of("How?", "So."));
        return Judged.of(
                task, new Judgement(List.of(new Score("relevance", 0.9, "")), "", 0), "judge-1", "v1", START * 1_000);
    }

    private static void advance(KeyedTwoInputStreamOperatorTestHarness<?, ?, ?, ?> harness, long millis)
            throws Exception {
        harness.processWatermark1(new Watermark(millis));
        harness.processWatermark2(new Watermark(millis));
    }

    private static KeyedTwoInputStreamOperatorTestHarness<String, Judged, Feedback, ?> harness() throws Exception {
        return new KeyedTwoInputStreamOperatorTestHarness<>(
                new KeyedCoProcessOperator<>(new Contradictions(
                        () -> new ConfluentSchemaRegistry("http://127.0.0.1:1", Map.of()),
                        0.3,
                        Duration.ofMinutes(10))),
                judged -> PairAnswers.key(judged.task()),
                feedback -> feedback.tenant() + '\n' + feedback.traceId(),
                Types.STRING);
    }
}
