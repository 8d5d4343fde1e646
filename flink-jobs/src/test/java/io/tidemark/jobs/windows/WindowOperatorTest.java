package io.tidemark.jobs.windows;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.avro.WindowRow;
import io.tidemark.contracts.trace.Dimension;
import io.tidemark.jobs.runtime.OutputRecord;
import io.tidemark.jobs.source.FixedSchemas;
import io.tidemark.jobs.source.TraceSourceConfig;
import io.tidemark.registry.WireFormat;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WindowOperatorTest {

    private static final long MINUTE = 60_000;
    private static final long LATENESS = 10 * MINUTE;
    private static final SliceLattice LATTICE = SliceLattice.parse("tenant=tenant;all=");
    private static final String SLICE = SliceKeys.ofLevel(
            LATTICE.levels().get(0),
            SliceKeys.split(
                    Increments.key(LATTICE.keyDimensions(), Map.of(Dimension.TENANT, "acme")), LATTICE.keyDimensions()),
            false);

    private KeyedOneInputStreamOperatorTestHarness<String, Partial, OutputRecord> harness;
    private int read;

    @BeforeEach
    void open() throws Exception {
        FixedSchemas.serializer().close();
        harness = harness();
        harness.open();
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    @Test
    void aRowIsProvisionalWhenTheWatermarkPassesTheWindowAndFinalAfterTheLateness() throws Exception {
        send(0, Increments.measures(5, 7));
        harness.processWatermark(9_998);
        assertThat(rows()).isEmpty();

        harness.processWatermark(9_999);
        assertThat(rows()).containsExactly("10s@0 n=2 sum=12 late=0 provisional");

        harness.processWatermark(MINUTE - 1);
        assertThat(rows()).containsExactly("60s@0 n=2 sum=12 late=0 provisional");

        harness.processWatermark(9_999 + LATENESS);
        assertThat(rows())
                .containsExactly(
                        "300s@0 n=2 sum=12 late=0 provisional",
                        "10s@0 n=2 sum=12 late=0 final",
                        "1800s@0 n=2 sum=12 late=0 provisional",
                        "3600s@0 n=2 sum=12 late=0 provisional",
                        "86400s@0 n=2 sum=12 late=0 provisional");
    }

    @Test
    void aLateIncrementRestatesEveryClosedWindowOnceAtTheNextWatermark() throws Exception {
        send(0, Increments.measures(1));
        harness.processWatermark(MINUTE);
        rows();

        send(0, Increments.lateMeasures(0b11, 10));
        send(0, Increments.lateMeasures(0b11, 100));
        assertThat(rows()).isEmpty();
        harness.processWatermark(MINUTE + 1);

        assertThat(rows())
                .containsExactly("10s@0 n=3 sum=111 late=2 provisional", "60s@0 n=3 sum=111 late=2 provisional");
    }

    @Test
    void aPaneThatIsOpenedLateReachesTheWindowsThatWereClosedBefore() throws Exception {
        send(0, Increments.measures(1));
        harness.processWatermark(MINUTE);
        rows();

        send(20_000, Increments.lateMeasures(0b11, 10));
        harness.processWatermark(MINUTE + 1);

        assertThat(rows())
                .containsExactly("10s@20 n=1 sum=10 late=1 provisional", "60s@0 n=2 sum=11 late=1 provisional");
        harness.processWatermark(5 * MINUTE - 1);
        assertThat(rows()).startsWith("300s@0 n=2 sum=11 late=0 provisional");
    }

    @Test
    void theEndOfTimeGivesOneFinalRowOfEachWindowAndReportsProgress() throws Exception {
        send(0, Increments.measures(1));
        send(60_000, Increments.measures(2));
        harness.processWatermark(Long.MAX_VALUE);

        List<String> rows = rows();
        assertThat(rows)
                .filteredOn(row -> row.contains("final"))
                .containsExactlyInAnyOrder(
                        "10s@0 n=1 sum=1 late=0 final",
                        "10s@60 n=1 sum=2 late=0 final",
                        "60s@0 n=1 sum=1 late=0 final",
                        "60s@60 n=1 sum=2 late=0 final",
                        "300s@0 n=2 sum=3 late=0 final",
                        "1800s@0 n=2 sum=3 late=0 final",
                        "3600s@0 n=2 sum=3 late=0 final",
                        "86400s@0 n=2 sum=3 late=0 final");
        assertThat(rows).hasSize(9);
        assertThat(rows.get(8))
                .startsWith("{\"stage\":\"windows\",\"subtask\":0,\"parallelism\":1,\"rows\":8,\"windows\":8,");
    }

    @Test
    void stateOutlivesARestoreAndARescale() throws Exception {
        send(0, Increments.measures(1));
        harness.processWatermark(MINUTE);
        send(60_000, Increments.measures(2));
        harness.prepareSnapshotPreBarrier(1);
        OperatorSubtaskState snapshot = harness.snapshot(1, 1);
        harness.close();
        List<String> finals = new ArrayList<>();

        for (int subtask = 0; subtask < 2; subtask++) {
            harness = new KeyedOneInputStreamOperatorTestHarness<>(
                    new WindowOperator(config()), Partial::slice, Types.STRING, 128, 2, subtask);
            harness.setup(OutputRecord.TYPE.createSerializer(null));
            harness.initializeState(
                    KeyedOneInputStreamOperatorTestHarness.repartitionOperatorState(snapshot, 128, 1, 2, subtask));
            harness.open();
            read = 0;
            harness.processWatermark(Long.MAX_VALUE);
            rows().stream().filter(row -> row.contains("final")).forEach(finals::add);
            if (subtask == 0) {
                harness.close();
            }
        }

        assertThat(finals)
                .containsExactlyInAnyOrder(
                        "10s@0 n=1 sum=1 late=0 final",
                        "10s@60 n=1 sum=2 late=0 final",
                        "60s@0 n=1 sum=1 late=0 final",
                        "60s@60 n=1 sum=2 late=0 final",
                        "300s@0 n=2 sum=3 late=0 final",
                        "1800s@0 n=2 sum=3 late=0 final",
                        "3600s@0 n=2 sum=3 late=0 final",
                        "86400s@0 n=2 sum=3 late=0 final");
    }

    private void send(long paneStartMillis, byte[] measures) throws Exception {
        harness.processElement(new Partial(SLICE, paneStartMillis, measures), 0);
    }

    private List<String> rows() throws Exception {
        List<OutputRecord> all = harness.extractOutputValues();
        List<String> texts = new ArrayList<>();
        for (OutputRecord record : all.subList(read, all.size())) {
            texts.add(
                    record.topic().contains("progress")
                            ? new String(record.value(), StandardCharsets.UTF_8)
                            : text(record));
        }
        read = all.size();
        return texts;
    }

    private static String text(OutputRecord record) throws Exception {
        byte[] value = record.value();
        assertThat(WireFormat.schemaId(value)).isEqualTo(FixedSchemas.REGISTERED_ID);
        WindowRow row = new SpecificDatumReader<>(WindowRow.class)
                .read(
                        null,
                        DecoderFactory.get()
                                .binaryDecoder(
                                        value, WireFormat.HEADER_BYTES, value.length - WireFormat.HEADER_BYTES, null));
        assertThat(row.getTenant()).isEqualTo("acme");
        assertThat(row.getRevision()).isEqualTo(row.getRequests());
        return "%ds@%d n=%d sum=%d late=%d %s"
                .formatted(
                        row.getWindowSeconds(),
                        row.getWindowStart().getEpochSecond(),
                        row.getRequests(),
                        row.getDistributions().get("input_tokens").getSum(),
                        row.getLate(),
                        row.getFinal$() ? "final" : "provisional");
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, Partial, OutputRecord> harness() throws Exception {
        KeyedOneInputStreamOperatorTestHarness<String, Partial, OutputRecord> harness =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new WindowOperator(config()), Partial::slice, Types.STRING, 128, 1, 0);
        harness.setup(OutputRecord.TYPE.createSerializer(null));
        return harness;
    }

    static WindowsConfig config() {
        TraceSourceConfig source = new TraceSourceConfig(
                "run",
                "windows",
                new Properties(),
                FixedSchemas::new,
                LATTICE.keyDimensions(),
                Duration.ofSeconds(10),
                Duration.ofMinutes(10),
                Duration.ofMinutes(10),
                Duration.ofMinutes(5),
                Duration.ofSeconds(5),
                Duration.ofHours(1),
                "");
        return new WindowsConfig(source, new Properties(), LATTICE, 100, Duration.ofMinutes(5), Limits.none());
    }
}
