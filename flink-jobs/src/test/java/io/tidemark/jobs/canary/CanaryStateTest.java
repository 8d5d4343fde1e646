package io.tidemark.jobs.canary;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.avro.Release;
import io.tidemark.contracts.avro.RolloutState;
import io.tidemark.contracts.avro.TrafficRole;
import io.tidemark.contracts.release.GuardrailMeasures;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.jobs.canary.Contribution.Arm;
import io.tidemark.jobs.rules.AnySchemas;
import io.tidemark.jobs.runtime.OutputRecord;
import io.tidemark.jobs.runtime.ReleasedState;
import io.tidemark.registry.AvroSerializer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** The operators go on from the state that a released version wrote. */
class CanaryStateTest {

    private static final long START = Releases.START.toEpochMilli();
    private static final long PANE = 10_000;
    private static final int BEFORE = 40;
    private static final int AFTER = 40;

    @Test
    void aRolloutGoesOnFromTheStateOfARelease() throws Exception {
        OperatorSubtaskState present;
        List<String> expected;
        try (var whole = rollouts()) {
            whole.open();
            begin(whole);
            feed(whole, 0, BEFORE);
            present = whole.snapshot(1, 1);
            whole.getOutput().clear();
            feed(whole, BEFORE, AFTER);
            expected = verdicts(whole);
        }
        try (var restored = rollouts()) {
            restored.initializeState(ReleasedState.of("canary-rollouts-1", present));
            restored.open();
            begin(restored);
            feed(restored, BEFORE, AFTER);
            assertThat(verdicts(restored)).isEqualTo(expected).isNotEmpty();
        }
    }

    @Test
    void cellsThatWaitAreRoutedFromTheStateOfARelease() throws Exception {
        Cell cell = new Cell();
        cell.addRequests(7);
        cell.addRate(Cell.ERRORS, 7, 2);
        OperatorSubtaskState present;
        try (var waiting = routes()) {
            waiting.open();
            waiting.processElement1(new StreamRecord<>(new SliceCell(slice(), START, cell.encode())));
            present = waiting.snapshot(1, 1);
        }
        try (var restored = routes()) {
            restored.initializeState(ReleasedState.of("canary-route-1", present));
            restored.open();
            restored.processElement2(new StreamRecord<>(release()));
            restored.processWatermarkStatus2(WatermarkStatus.IDLE);
            restored.processWatermark1(new Watermark(START + PANE));
            List<Contribution> routed = restored.extractOutputValues();
            assertThat(routed).extracting(Contribution::arm).containsExactly(Arm.CANDIDATE);
            Cell read = new Cell();
            read.add(routed.get(0).cell());
            assertThat(read.errors()).isEqualTo(2);
        }
    }

    @Test
    void tracesThatWaitForScoresGoOnFromTheStateOfARelease() throws Exception {
        int judge = Cell.VALUES.indexOf(GuardrailMeasures.named("judge_score").source());
        OperatorSubtaskState present;
        try (var waiting = scores()) {
            waiting.open();
            waiting.processElement1(
                    new TraceArm(5, 6, new Contribution("r", Arm.CANDIDATE, 0, "", "acme", START, new byte[0])), START);
            waiting.processElement2(new Score(7, 8, judge, 0.5, START), START);
            present = waiting.snapshot(1, 1);
        }
        try (var restored = scores()) {
            restored.initializeState(ReleasedState.of("canary-scores-1", present));
            restored.open();
            restored.processElement2(new Score(5, 9, judge, 0.5, START), START);
            restored.processElement1(
                    new TraceArm(7, 7, new Contribution("r", Arm.CONTROL, 0, "", "acme", START, new byte[0])), START);
            assertThat(restored.extractOutputValues())
                    .extracting(Contribution::arm)
                    .containsExactly(Arm.CANDIDATE, Arm.CONTROL);
        }
    }

    private static void begin(
            KeyedTwoInputStreamOperatorTestHarness<String, Contribution, ReleaseRecord, OutputRecord> harness)
            throws Exception {
        harness.processElement2(new StreamRecord<>(release()));
        harness.processWatermarkStatus2(WatermarkStatus.IDLE);
    }

    /** Panes with errors, latencies, costs, sessions and scores; the candidate turns bad in the end. */
    private static void feed(
            KeyedTwoInputStreamOperatorTestHarness<String, Contribution, ReleaseRecord, OutputRecord> harness,
            int first,
            int count)
            throws Exception {
        for (int pane = first; pane < first + count; pane++) {
            long start = START + pane * PANE;
            Random random = new Random(pane);
            double rate = pane > BEFORE + AFTER / 2 ? 0.2 : 0.01;
            send(harness, start, Arm.CANDIDATE, cell(random, 17, rate));
            send(harness, start, Arm.CONTROL, cell(random, 300, 0.01));
            harness.processWatermark1(new Watermark(start + PANE - 1));
        }
    }

    private static void send(
            KeyedTwoInputStreamOperatorTestHarness<String, Contribution, ReleaseRecord, OutputRecord> harness,
            long start,
            Arm arm,
            Cell cell)
            throws Exception {
        harness.processElement1(
                new StreamRecord<>(new Contribution(Releases.RELEASE, arm, 0, "", "acme", start, cell.encode())));
    }

    private static Cell cell(Random random, int calls, double rate) {
        Cell cell = new Cell();
        int judge = Cell.VALUES.indexOf(GuardrailMeasures.named("judge_score").source());
        int latency =
                Cell.VALUES.indexOf(GuardrailMeasures.named("end_to_end_p95").source());
        for (int i = 0; i < calls; i++) {
            cell.addRequests(1);
            cell.addRate(Cell.ERRORS, 1, random.nextDouble() < rate ? 1 : 0);
            cell.addValue(latency, 100 + random.nextInt(400), 1);
        }
        cell.addScore(random.nextLong(), judge, random.nextDouble());
        cell.addSession(random.nextLong(), 0, latency, 250);
        return cell;
    }

    private static List<String> verdicts(
            KeyedTwoInputStreamOperatorTestHarness<String, Contribution, ReleaseRecord, OutputRecord> harness) {
        return harness.extractOutputValues().stream()
                .map(record -> Base64.getEncoder().encodeToString(record.value()))
                .toList();
    }

    private static KeyedTwoInputStreamOperatorTestHarness<String, Contribution, ReleaseRecord, OutputRecord> rollouts()
            throws Exception {
        var harness = new KeyedTwoInputStreamOperatorTestHarness<String, Contribution, ReleaseRecord, OutputRecord>(
                CanaryJob.rollouts(AnySchemas::new, CanaryRules.standard(), ""),
                Contribution::releaseId,
                unused -> Releases.RELEASE,
                Types.STRING,
                128,
                1,
                0);
        harness.setup(OutputRecord.TYPE.createSerializer(null));
        return harness;
    }

    private static TwoInputStreamOperatorTestHarness<SliceCell, ReleaseRecord, Contribution> routes() throws Exception {
        var harness = new TwoInputStreamOperatorTestHarness<SliceCell, ReleaseRecord, Contribution>(
                new RouteOperator(AnySchemas::new));
        harness.setup(Contribution.TYPE.createSerializer(null));
        return harness;
    }

    private static KeyedTwoInputStreamOperatorTestHarness<Long, TraceArm, Score, Contribution> scores()
            throws Exception {
        return new KeyedTwoInputStreamOperatorTestHarness<>(
                new KeyedCoProcessOperator<>(new ScoreJoin(Duration.ofHours(1))),
                TraceArm::trace,
                Score::trace,
                Types.LONG);
    }

    private static ReleaseRecord release() {
        Release release = Releases.event(
                Releases.rollout(
                                RolloutState.STARTED,
                                Releases.guardrail("errors", 0.1, 0.3),
                                Releases.guardrail("end_to_end_p95", 0.2, 0.3),
                                Releases.guardrail("judge_score", 0.05, 0.3))
                        .build(),
                Releases.START);
        try (AvroSerializer<Release> serializer = new AvroSerializer<>(new AnySchemas(), TopicCatalogue.RELEASES)) {
            return new ReleaseRecord(serializer.serialize(TopicCatalogue.RELEASES.name(), release));
        }
    }

    /** Slice key of tenant acme, the candidate and the role canary: short texts behind their length plus one. */
    private static byte[] slice() {
        ByteArrayOutputStream key = new ByteArrayOutputStream();
        List<String> texts = new ArrayList<>(List.of("acme"));
        texts.addAll(Releases.CANDIDATE.components());
        for (String text : texts) {
            key.write(text.length() + 1);
            key.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        }
        key.write(2);
        key.write(TrafficRole.CANARY.ordinal());
        return key.toByteArray();
    }
}
