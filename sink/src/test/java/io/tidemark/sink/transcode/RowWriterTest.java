package io.tidemark.sink.transcode;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.VersionTuple;
import io.tidemark.contracts.avro.Trace;
import io.tidemark.contracts.avro.TrafficRole;
import io.tidemark.contracts.avro.WindowRow;
import io.tidemark.contracts.topic.RefusalReason;
import io.tidemark.contracts.trace.TraceAdmission;
import io.tidemark.sink.Rows;
import io.tidemark.sink.Samples;
import io.tidemark.sink.column.NativeBlock;
import io.tidemark.sink.table.StoredTopic;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RowWriterTest {

    private static final long APPENDED = Samples.START.plusSeconds(3_600).toEpochMilli();
    private static final int SCHEMA = 1;

    private RowWriter writer;

    @BeforeEach
    void freshWriter() {
        writer = writer(StoredTopic.TRACES);
        writer.learn(SCHEMA, Trace.getClassSchema());
    }

    @Test
    void valuesArriveInTheirColumns() {
        Trace trace = Samples.trace(21);
        assertThat(writer.append(SCHEMA, AvroBytes.of(trace), APPENDED)).isEmpty();
        assertThat(value("tenant")).isEqualTo("tenant-0");
        assertThat(value("version_id")).isEqualTo(Samples.version(1).versionId());
        assertThat(value("role")).isEqualTo("production");
        assertThat(value("ttft_micros")).isEqualTo(22_000L);
        assertThat(value("cached_tokens")).isNull();
        assertThat(value("cohort")).isNull();
        assertThat(value("cpu_utilization")).isEqualTo(0.25);
        assertThat(value("spans.kind")).isEqualTo(List.of("queue", "prefill", "decode"));
    }

    @Test
    void everyCutOfARecordIsRefusedAndLeavesNoTrace() throws IOException {
        byte[] record = AvroBytes.of(Samples.trace(1));
        writer.append(SCHEMA, record, APPENDED);
        byte[] before = bytes(writer.block());
        for (int length = 5; length < record.length; length++) {
            assertThat(writer.append(SCHEMA, Arrays.copyOf(record, length), APPENDED))
                    .isPresent();
        }
        assertThat(writer.rows()).isEqualTo(1);
        assertThat(value("tenant")).isEqualTo("tenant-1");
        writer.append(SCHEMA, record, APPENDED);
        assertThat(writer.block().rows()).isEqualTo(2);
        assertThat(bytes(writer.block())).hasSizeGreaterThan(before.length);
    }

    @Test
    void noBytesWhateverBreakABatch() throws IOException {
        Random random = new Random(7);
        byte[] record = AvroBytes.of(Samples.trace(3));
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = record.clone();
            for (int j = 0; j < 3; j++) {
                damaged[5 + random.nextInt(damaged.length - 5)] = (byte) random.nextInt();
            }
            writer.append(SCHEMA, damaged, APPENDED);
        }
        assertThat(writer.block().rows()).isEqualTo(writer.rows());
        bytes(writer.block());
    }

    @Test
    void bytesLeftOverAreRefused() {
        byte[] record = AvroBytes.of(Samples.trace(1));
        Refusal refusal = writer.append(SCHEMA, Arrays.copyOf(record, record.length + 3), APPENDED)
                .orElseThrow();
        assertThat(refusal.reason()).isEqualTo(RefusalReason.UNREADABLE_BODY);
        assertThat(refusal.detail()).isEqualTo("3 bytes are left over after the last field");
    }

    @Test
    void admissionIsTheSharedRule() {
        Trace nobody = Samples.trace(1);
        nobody.setTenant("");
        Trace future = Samples.trace(1);
        future.setEventTime(Samples.START.plusSeconds(3_600 + 601));
        assertThat(reason(nobody)).isEqualTo(RefusalReason.MISSING_TENANT);
        assertThat(reason(future)).isEqualTo(RefusalReason.FUTURE_EVENT_TIME);
        assertThat(writer.rows()).isZero();
    }

    @Test
    void aVersionComponentWithAControlCharacterIsRefusedByName() {
        Trace trace = Samples.trace(1);
        trace.getVersion().setPrompt("a\nb");
        Refusal refusal = writer.append(SCHEMA, AvroBytes.of(trace), APPENDED).orElseThrow();
        assertThat(refusal.reason()).isEqualTo(RefusalReason.INVALID_FIELD);
        assertThat(refusal.detail()).contains("version component 'prompt' has a control character at index 1");
    }

    @Test
    void anotherWriterSchemaIsReadByName() {
        // fields in another order, one that the contract does not know, and most of them absent
        Schema writerSchema = SchemaBuilder.record("Trace")
                .namespace("io.tidemark.contracts.avro")
                .fields()
                .requiredString("of_tomorrow")
                .requiredString("tenant")
                .requiredInt("ttft_micros")
                .requiredLong("event_time")
                .name("tags")
                .type()
                .map()
                .values()
                .array()
                .items()
                .intType()
                .noDefault()
                .endRecord();
        GenericData.Record record = new GenericData.Record(writerSchema);
        record.put("of_tomorrow", "x");
        record.put("tenant", "acme");
        record.put("ttft_micros", 7);
        record.put("event_time", 1_000_000L);
        record.put("tags", Map.of("a", List.of(1, 2), "b", List.of()));
        writer.learn(2, writerSchema);
        assertThat(writer.append(2, AvroBytes.ofGeneric(record), APPENDED)).isEmpty();
        assertThat(value("tenant")).isEqualTo("acme");
        assertThat(value("ttft_micros")).isEqualTo(7L);
        assertThat(value("intent")).isEqualTo("unknown");
        assertThat(value("prompt")).isEqualTo("unknown");
        assertThat(value("version_id")).isEqualTo(VersionTuple.unknown().versionId());
        assertThat(value("spans.kind")).isEqualTo(List.of());
    }

    @Test
    void aSchemaThatContradictsTheContractRefusesItsRecords() {
        Schema wrong =
                SchemaBuilder.record("Trace").fields().requiredString("turn").endRecord();
        GenericData.Record record = new GenericData.Record(wrong);
        record.put("turn", "three");
        writer.learn(3, wrong);
        Refusal refusal =
                writer.append(3, AvroBytes.ofGeneric(record), APPENDED).orElseThrow();
        assertThat(refusal.reason()).isEqualTo(RefusalReason.UNREADABLE_BODY);
        assertThat(refusal.detail()).contains("the writer has string where the contract has");
    }

    @Test
    void measuresOfAWindowAreUnknownWhenNobodyKnewThem() {
        RowWriter windows = writer(StoredTopic.WINDOWS);
        windows.learn(SCHEMA, WindowRow.getClassSchema());
        WindowRow row = Rows.row("all", 60, 0, TrafficRole.PRODUCTION, false);
        assertThat(windows.append(SCHEMA, AvroBytes.of(row), APPENDED)).isEmpty();
        assertThat(windows.block().column("errors").value(0)).isEqualTo(1L);
        assertThat(windows.block().column("jailbreaks").value(0)).isNull();
        assertThat(windows.block().column("timeouts").value(0)).isNull();
        assertThat(windows.block().column("timeouts_known").value(0)).isEqualTo(0L);
        assertThat(windows.block().column("end_to_end_max").value(0)).isEqualTo(900.0);
        assertThat(windows.block().column("tenant").value(0)).isEqualTo("");
        assertThat(windows.block().column("queue_hist").value(0)).isEqualTo(Map.of());
    }

    @Test
    void aHistogramOutsideOfTheGridIsRefused() {
        RowWriter windows = writer(StoredTopic.WINDOWS);
        windows.learn(SCHEMA, WindowRow.getClassSchema());
        WindowRow row = Rows.row("all", 60, 0, TrafficRole.PRODUCTION, false);
        row.getDistributions().get("ttft").setIndexes(new ArrayList<>(List.of(40_000)));
        row.getDistributions().get("ttft").setCounts(new ArrayList<>(List.of(1L)));
        Refusal refusal = windows.append(SCHEMA, AvroBytes.of(row), APPENDED).orElseThrow();
        assertThat(refusal.detail()).isEqualTo("bucket 40000 is outside of the grid");
        assertThat(windows.block().rows()).isZero();
    }

    private Object value(String column) {
        return writer.block().column(column).value(writer.rows() - 1);
    }

    private RefusalReason reason(Trace trace) {
        return writer.append(SCHEMA, AvroBytes.of(trace), APPENDED)
                .orElseThrow()
                .reason();
    }

    private static RowWriter writer(StoredTopic topic) {
        return new RowWriter(topic, new VersionIds(), new TraceAdmission(TraceAdmission.DEFAULT_MAXIMUM_SKEW));
    }

    private static byte[] bytes(NativeBlock block) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        block.writeTo(out);
        return out.toByteArray();
    }
}
