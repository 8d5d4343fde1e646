package io.tidemark.jobs.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.avro.Trace;
import io.tidemark.contracts.trace.Dimension;
import io.tidemark.contracts.trace.InferenceEvent;
import io.tidemark.jobs.runtime.OutputRecord;
import io.tidemark.jobs.windows.Traces;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Properties;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class AdmissionOperatorTest {

    private static final long NOW = 1_767_225_600_000L;
    private static final int PARTITIONS = 6;

    private long offset;

    @Test
    void equalInferencesCountOnceInsideTheHorizon() throws Exception {
        try (var harness = harness(1, 0)) {
            harness.open();
            send(harness, 0, "a", NOW);
            send(harness, 0, "a", NOW);
            send(harness, 0, "b", NOW + 60_000);
            send(harness, 0, "a", NOW + 60_000);
            send(harness, 0, "c", NOW + 480_000);
            send(harness, 0, "a", NOW + 480_000);

            assertThat(progress(harness, 0)).isEqualTo(counts(0, 4, 0, 0, 2));
        }
    }

    @Test
    void lateFutureAndUnreadableTracesAreKeptApart() throws Exception {
        try (var harness = harness(1, 0)) {
            harness.open();
            send(harness, 1, "a", NOW);
            send(harness, 1, "on time", NOW - 610_000);
            send(harness, 1, "late", NOW - 610_001);
            sendAppendedAt(harness, 1, "future", NOW + 600_001, NOW);
            sendAppendedAt(harness, 1, "not yet future", NOW + 600_000, NOW);
            harness.processElement(new RawTrace(null, new byte[] {1, 2}, 1, offset++, NOW, RawTrace.NO_TIME), 0);
            sendTenant(harness, "", NOW);

            assertThat(progress(harness, 1)).isEqualTo(counts(1, 3, 3, 1, 0));
            OutputRecord late =
                    harness.getSideOutput(AdmissionOperator.SIDE).peek().getValue();
            assertThat(late.topic()).isEqualTo("tidemark.late.v1.run");
            assertThat(late.headerNames()).contains("tidemark-source-offset");
        }
    }

    @Test
    void aFastClockDoesNotMakeOthersLate() throws Exception {
        try (var harness = harness(1, 0)) {
            harness.open();
            sendAppendedAt(harness, 0, "fast", NOW + 590_000, NOW);
            sendAppendedAt(harness, 0, "right", NOW - 600_000, NOW);

            assertThat(progress(harness, 0)).isEqualTo(counts(0, 2, 0, 0, 0));
        }
    }

    @Test
    void aPartitionThatFellBehindTheWatermarkIsLateOnceItsPaneIsFinal() throws Exception {
        try (var harness = harness(1, 0)) {
            harness.open();
            harness.processWatermark(NOW + 609_998);
            send(harness, 0, "just in time", NOW);
            harness.processWatermark(NOW + 609_999);
            send(harness, 0, "too late", NOW);

            assertThat(progress(harness, 0)).isEqualTo(counts(0, 1, 0, 1, 0));
        }
    }

    @Test
    void theListPriceFillsAnUnknownCost() throws Exception {
        try (var harness = harness(1, 0)) {
            harness.open();
            send(harness, 0, "a", NOW);

            InferenceEvent event = harness.extractOutputValues().get(0).trace().event();
            assertThat(event.costNanoUsd).isEqualTo(1_000 * 2_500 + 100 * 10_000);
            assertThat(event.costEstimated).isEqualTo(1);
        }
    }

    @Test
    void duplicatesAndCountersFollowTheirPartitionWhenTheJobGrowsAndShrinks() throws Exception {
        List<OperatorSubtaskState> states = new ArrayList<>();
        try (var harness = harness(1, 0)) {
            harness.open();
            for (int partition = 0; partition < PARTITIONS; partition++) {
                send(harness, partition, "first " + partition, NOW);
            }
            states.add(harness.snapshot(1, 1));
        }
        OperatorSubtaskState grown = AbstractStreamOperatorTestHarness.repackageState(states.get(0));
        states.clear();

        for (int subtask = 0; subtask < 3; subtask++) {
            try (var harness = harness(3, subtask)) {
                harness.initializeState(
                        AbstractStreamOperatorTestHarness.repartitionOperatorState(grown, 128, 1, 3, subtask));
                harness.open();
                // other partitions than those that the subtask would keep; partitions 4 and 5 are read by nobody
                int partition = (subtask + 1) % 3;
                send(harness, partition, "first " + partition, NOW);
                send(harness, partition, "second " + partition, NOW);
                states.add(harness.snapshot(2, 2));
            }
        }
        OperatorSubtaskState shrunk =
                AbstractStreamOperatorTestHarness.repackageState(states.toArray(OperatorSubtaskState[]::new));

        try (var harness = harness(1, 0)) {
            harness.initializeState(AbstractStreamOperatorTestHarness.repartitionOperatorState(shrunk, 128, 3, 1, 0));
            harness.open();
            for (int partition = 0; partition < PARTITIONS; partition++) {
                send(harness, partition, "first " + partition, NOW);
                send(harness, partition, "second " + partition, NOW);
            }
            assertThat(progress(harness, 0)).isEqualTo(counts(0, 2, 0, 0, 3));
            assertThat(progress(harness, 1)).isEqualTo(counts(1, 2, 0, 0, 3));
            assertThat(progress(harness, 2)).isEqualTo(counts(2, 2, 0, 0, 3));
            assertThat(progress(harness, 4)).isEqualTo(counts(4, 2, 0, 0, 1));
        }
    }

    private void send(
            OneInputStreamOperatorTestHarness<RawTrace, AdmittedTrace> harness, int partition, String id, long millis)
            throws Exception {
        sendAppendedAt(harness, partition, id, millis, NOW + 3_600_000);
    }

    private void sendAppendedAt(
            OneInputStreamOperatorTestHarness<RawTrace, AdmittedTrace> harness,
            int partition,
            String id,
            long millis,
            long appendMillis)
            throws Exception {
        process(harness, partition, Traces.of("acme", id, millis), millis, appendMillis);
    }

    private void sendTenant(
            OneInputStreamOperatorTestHarness<RawTrace, AdmittedTrace> harness, String tenant, long millis)
            throws Exception {
        process(harness, 1, Traces.of(tenant, "x", millis), millis, NOW);
    }

    private void process(
            OneInputStreamOperatorTestHarness<RawTrace, AdmittedTrace> harness,
            int partition,
            Trace trace,
            long millis,
            long appendMillis)
            throws Exception {
        byte[] value;
        try (var serializer = FixedSchemas.serializer()) {
            value = serializer.serialize("tidemark.traces.v1", trace);
        }
        harness.processElement(
                new RawTrace(null, value, partition, offset++, appendMillis, Math.min(millis, appendMillis)), 0);
    }

    /** Sends the end marker of a partition and returns what the operator reports for it. */
    private String progress(OneInputStreamOperatorTestHarness<RawTrace, AdmittedTrace> harness, int partition)
            throws Exception {
        harness.processElement(new RawTrace(null, null, partition, offset++, NOW, RawTrace.NO_TIME), 0);
        String last = null;
        for (var record : harness.getSideOutput(AdmissionOperator.SIDE)) {
            last = new String(record.getValue().value(), StandardCharsets.UTF_8);
        }
        return last;
    }

    private static String counts(int partition, int accepted, int rejected, int late, int duplicates) {
        return "{\"stage\":\"source\",\"partition\":%d,\"accepted\":%d,\"rejected\":%d,\"late\":%d,\"duplicates\":%d}"
                .formatted(partition, accepted, rejected, late, duplicates);
    }

    private static OneInputStreamOperatorTestHarness<RawTrace, AdmittedTrace> harness(int parallelism, int subtask)
            throws Exception {
        TraceSourceConfig config = new TraceSourceConfig(
                "run",
                "windows",
                new Properties(),
                FixedSchemas::new,
                EnumSet.allOf(Dimension.class),
                Duration.ofSeconds(10),
                Duration.ofMinutes(10),
                Duration.ofMinutes(10),
                Duration.ofMinutes(5),
                Duration.ofSeconds(5),
                Duration.ofHours(1),
                "");
        OneInputStreamOperatorTestHarness<RawTrace, AdmittedTrace> harness =
                new OneInputStreamOperatorTestHarness<>(new AdmissionOperator(config), 128, parallelism, subtask);
        harness.getExecutionConfig().enableObjectReuse();
        harness.setup(AdmittedTrace.TYPE.createSerializer(null));
        return harness;
    }
}
