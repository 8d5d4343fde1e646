package io.tidemark.contracts.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.contracts.avro.SpanKind;
import io.tidemark.contracts.avro.Trace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceProjectionTest {

    private static final Schema CURRENT = Trace.getClassSchema();
    private static final Set<Dimension> ALL = EnumSet.allOf(Dimension.class);

    @Test
    void readsEveryNumberAndDimension() throws Exception {
        ProjectedTrace trace = read(CURRENT, full(CURRENT));

        InferenceEvent event = trace.event();
        assertThat(event.eventTimeMicros).isEqualTo(1_767_225_600_000_001L);
        assertThat(event.httpStatus).isEqualTo(503);
        assertThat(event.refused).isEqualTo(1);
        assertThat(event.fallback).isEqualTo(1);
        assertThat(event.inputTokens).isEqualTo(1_234);
        assertThat(event.outputTokens).isEqualTo(InferenceEvent.UNKNOWN);
        assertThat(event.costNanoUsd).isEqualTo(99);
        assertThat(event.costEstimated).isZero();
        assertThat(event.confidenceMicros).isEqualTo(250_000);
        assertThat(event.queueDepth).isEqualTo(7);
        assertThat(event.gpuUtilizationMicros).isEqualTo(500_000);
        assertThat(event.spanMicros(SpanKind.TOOL)).isEqualTo(30);
        assertThat(event.spanMicros(SpanKind.DECODE)).isEqualTo(InferenceEvent.UNKNOWN);
        assertThat(event.unknownVersion).isEqualTo(1);
        assertThat(trace.text(Dimension.TENANT)).isEqualTo("Zürich");
        assertThat(trace.text(Dimension.PROMPT)).isEqualTo("prompt-7");
        assertThat(trace.text(Dimension.PROVIDER)).isNull();
        assertThat(trace.text(Dimension.REGION)).isEqualTo("eu");
    }

    @Test
    void theOrderOfTheWritersFieldsChangesNothing() throws Exception {
        Schema reordered = reversed(CURRENT);

        assertSame(read(CURRENT, full(CURRENT)), read(reordered, full(reordered)));
    }

    @Test
    void fieldsOfANewerWriterAreSkipped() throws Exception {
        Schema newer = withExtraFields(CURRENT);
        GenericRecord record = full(newer);
        record.put("extra_text", "ignored");
        record.put("extra_union", 5L);
        record.put("extra_map", java.util.Map.of("a", List.of(1.0, 2.0)));
        record.put(
                "extra_fixed",
                new GenericData.Fixed(newer.getField("extra_fixed").schema(), new byte[3]));

        assertSame(read(CURRENT, full(CURRENT)), read(newer, record));
    }

    @Test
    void fieldsThatAnOlderWriterDidNotHaveKeepTheirDefault() throws Exception {
        Schema older = SchemaBuilder.record("Trace")
                .namespace("io.tidemark.contracts.avro")
                .fields()
                .requiredString("tenant")
                .requiredInt("turn")
                .requiredFloat("confidence")
                .endRecord();
        GenericRecord record = new GenericData.Record(older);
        record.put("tenant", "acme");
        record.put("turn", 3);
        record.put("confidence", 0.5f);

        ProjectedTrace trace = read(older, record);

        assertThat(trace.text(Dimension.TENANT)).isEqualTo("acme");
        assertThat(trace.text(Dimension.BASE_MODEL)).isEqualTo("unknown");
        assertThat(trace.text(Dimension.INTENT)).isEqualTo("unknown");
        assertThat(trace.event().turn).isEqualTo(3);
        assertThat(trace.event().confidenceMicros).isEqualTo(500_000);
        assertThat(trace.event().inputTokens).isEqualTo(InferenceEvent.UNKNOWN);
        assertThat(trace.inferenceFingerprint()).isZero();
    }

    @Test
    void aRecordLeavesNothingBehindForTheNext() throws Exception {
        ProjectedTrace reused = new ProjectedTrace();
        TraceProjection projection = TraceProjection.compile(CURRENT, ALL);
        projection.read(bytes(CURRENT, full(CURRENT)), 0, reused);
        GenericRecord sparse = new GenericData.Record(CURRENT);
        CURRENT.getFields()
                .forEach(field -> sparse.put(field.pos(), GenericData.get().getDefaultValue(field)));
        projection.read(bytes(CURRENT, sparse), 0, reused);

        assertSame(reused, read(CURRENT, sparse));
        assertThat(reused.hasTenant()).isFalse();
    }

    @Test
    void bytesThatAreLeftOverAreRefused() throws IOException {
        byte[] whole = bytes(CURRENT, full(CURRENT));
        byte[] longer = java.util.Arrays.copyOf(whole, whole.length + 2);
        TraceProjection projection = TraceProjection.compile(CURRENT, ALL);

        assertThatThrownBy(() -> projection.read(longer, 0, new ProjectedTrace()))
                .isInstanceOf(MalformedTraceException.class)
                .hasMessageContaining("2 bytes are left over");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "p\n7", "p\u007f", "p\u0085"})
    void aVersionComponentThatNoTupleMayHaveIsRefused(String prompt) throws IOException {
        GenericRecord record = full(CURRENT);
        ((GenericRecord) record.get("version")).put("prompt", prompt);
        byte[] bytes = bytes(CURRENT, record);
        TraceProjection projection = TraceProjection.compile(CURRENT, ALL);

        assertThatThrownBy(() -> projection.read(bytes, 0, new ProjectedTrace()))
                .isInstanceOf(MalformedTraceException.class)
                .hasMessageContaining("version component 'prompt' is empty or has a control character");
    }

    @Test
    void everyTruncationIsRefused() throws IOException {
        byte[] whole = bytes(CURRENT, full(CURRENT));
        TraceProjection projection = TraceProjection.compile(CURRENT, ALL);

        for (int length = 0; length < whole.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> projection.read(cut, 0, new ProjectedTrace()))
                    .isInstanceOf(MalformedTraceException.class);
        }
    }

    @Test
    void damagedBytesNeverEndInAnythingButTheTypedException() throws IOException {
        byte[] whole = bytes(CURRENT, full(CURRENT));
        TraceProjection projection = TraceProjection.compile(CURRENT, ALL);
        java.util.Random random = new java.util.Random(7);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = whole.clone();
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            try {
                projection.read(damaged, 0, new ProjectedTrace());
            } catch (MalformedTraceException e) {
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    @Test
    void onlyTheEventTimeCanBeRead() throws Exception {
        byte[] bytes = bytes(CURRENT, full(CURRENT));

        assertThat(TraceProjection.compile(CURRENT, Set.of()).eventTimeMicros(bytes, 0))
                .isEqualTo(1_767_225_600_000_001L);
        Schema reordered = reversed(CURRENT);
        assertThat(TraceProjection.compile(reordered, Set.of()).eventTimeMicros(bytes(reordered, full(reordered)), 0))
                .isEqualTo(1_767_225_600_000_001L);
    }

    @Test
    void aFieldOfAnUnreadableTypeIsNamed() {
        Schema wrong =
                SchemaBuilder.record("Trace").fields().requiredDouble("tenant").endRecord();

        assertThatThrownBy(() -> TraceProjection.compile(wrong, ALL))
                .hasMessage("field 'tenant' of the writer schema is DOUBLE, expected a string");
    }

    private static void assertSame(ProjectedTrace left, ProjectedTrace right) {
        assertThat(left.event()).usingRecursiveComparison().isEqualTo(right.event());
        assertThat(java.util.Arrays.copyOf(left.key(), left.keyLength()))
                .isEqualTo(java.util.Arrays.copyOf(right.key(), right.keyLength()));
        assertThat(left.inferenceFingerprint()).isEqualTo(right.inferenceFingerprint());
    }

    private static ProjectedTrace read(Schema writer, GenericRecord record) throws Exception {
        ProjectedTrace trace = new ProjectedTrace();
        TraceProjection.compile(writer, ALL).read(bytes(writer, record), 0, trace);
        return trace;
    }

    private static GenericRecord full(Schema schema) {
        GenericRecord record = new GenericData.Record(schema);
        for (Schema.Field field : schema.getFields()) {
            if (field.hasDefaultValue()) {
                record.put(field.pos(), GenericData.get().getDefaultValue(field));
            }
        }
        record.put("inference_id", "0123456789abcdef0123456789abcdef");
        record.put("event_time", 1_767_225_600_000_001L);
        record.put("tenant", "Zürich");
        record.put("region", "eu");
        record.put("http_status", 503);
        record.put("refused", true);
        record.put("fallback_from", "big-model");
        record.put("input_tokens", 1_234L);
        record.put("cost_nano_usd", 99L);
        record.put("confidence", 0.25);
        GenericRecord version =
                new GenericData.Record(schema.getField("version").schema());
        version.getSchema().getFields().forEach(field -> version.put(field.pos(), "unknown"));
        version.put("prompt", "prompt-7");
        record.put("version", version);
        record.put(
                "resources",
                resources(schema.getField("resources").schema().getTypes().get(1)));
        Schema span = schema.getField("spans").schema().getElementType();
        record.put("spans", List.of(span(span, "TOOL", 10L), span(span, "TOOL", 20L), span(span, "DECODE", null)));
        return record;
    }

    private static GenericRecord resources(Schema schema) {
        GenericRecord resources = new GenericData.Record(schema);
        resources.put("queue_depth", 7L);
        resources.put("gpu_utilization", 0.5);
        return resources;
    }

    private static GenericRecord span(Schema schema, String kind, Long durationMicros) {
        GenericRecord span = new GenericData.Record(schema);
        schema.getFields()
                .forEach(field -> span.put(field.pos(), GenericData.get().getDefaultValue(field)));
        span.put("kind", new GenericData.EnumSymbol(schema.getField("kind").schema(), kind));
        span.put("duration_micros", durationMicros);
        return span;
    }

    private static Schema reversed(Schema schema) {
        List<Schema.Field> fields = new ArrayList<>();
        schema.getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
        Collections.reverse(fields);
        return Schema.createRecord(schema.getName(), null, schema.getNamespace(), false, fields);
    }

    private static Schema withExtraFields(Schema schema) {
        List<Schema.Field> fields = new ArrayList<>();
        fields.add(new Schema.Field("extra_text", Schema.create(Schema.Type.STRING)));
        schema.getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
        fields.add(3, new Schema.Field("extra_fixed", Schema.createFixed("Three", null, null, 3)));
        fields.add(
                9,
                new Schema.Field("extra_map", Schema.createMap(Schema.createArray(Schema.create(Schema.Type.DOUBLE)))));
        fields.add(
                20,
                new Schema.Field(
                        "extra_union",
                        Schema.createUnion(
                                Schema.create(Schema.Type.STRING),
                                Schema.create(Schema.Type.NULL),
                                Schema.create(Schema.Type.LONG))));
        return Schema.createRecord(schema.getName(), null, schema.getNamespace(), false, fields);
    }

    private static byte[] bytes(Schema schema, GenericRecord record) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<GenericRecord>(schema).write(record, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }
}
