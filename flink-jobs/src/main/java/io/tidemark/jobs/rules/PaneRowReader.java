package io.tidemark.jobs.rules;

import io.tidemark.contracts.avro.WindowRow;
import io.tidemark.contracts.topic.RecordHeaders;
import io.tidemark.jobs.source.EndMarkers;
import io.tidemark.jobs.source.RegistryFactory;
import io.tidemark.registry.NotARecordException;
import io.tidemark.registry.SchemaRegistry;
import io.tidemark.registry.UnknownSchemaException;
import io.tidemark.registry.WireFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Picks the rows of panes out of the windows topic, and the words of its writers on how far they have come. Only what a row
 * is about is read here; its measures stay bytes until its tenant's rules want them. A record that is none is passed over:
 * the sink, which sees them all, puts it aside.
 */
final class PaneRowReader implements KafkaRecordDeserializationSchema<PaneRow>, EndMarkers {

    private static final long serialVersionUID = 1L;
    private static final int PANE_SECONDS = 10;
    private static final long MICROS_PER_MILLI = 1_000;
    private static final Set<String> HEAD = Set.of("tenant", "window_start", "window_seconds", "overflow");

    private final RegistryFactory registry;
    private transient SchemaRegistry schemas;
    private transient Map<Integer, GenericDatumReader<GenericRecord>> readers;
    private transient Schema head;
    private transient BinaryDecoder decoder;
    private transient Map<Integer, Long> ends;

    PaneRowReader(RegistryFactory registry) {
        this.registry = registry;
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        schemas = registry.connect();
        readers = new HashMap<>();
        ends = new HashMap<>();
        head = head();
    }

    private static Schema head() {
        Schema whole = WindowRow.getClassSchema();
        List<Schema.Field> fields = whole.getFields().stream()
                .filter(field -> HEAD.contains(field.name()))
                .map(field -> new Schema.Field(field, field.schema()))
                .collect(Collectors.toList());
        return Schema.createRecord(whole.getName(), whole.getDoc(), whole.getNamespace(), false, fields);
    }

    @Override
    public OptionalLong endMarker(int partition) {
        Long offset = ends == null ? null : ends.get(partition);
        return offset == null ? OptionalLong.empty() : OptionalLong.of(offset);
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<PaneRow> target) throws IOException {
        if (record.value() == null) {
            word(record, target);
            return;
        }
        try {
            row(record, target);
        } catch (NotARecordException | UnknownSchemaException | AvroRuntimeException | IOException e) {
            // the sink puts it aside, with its reason
        }
    }

    private void word(ConsumerRecord<byte[], byte[]> record, Collector<PaneRow> target) {
        Header header = record.headers().lastHeader(RecordHeaders.WATERMARK);
        if (header == null) {
            return;
        }
        String[] parts = new String(header.value(), StandardCharsets.UTF_8).split("\\|", -1);
        long time = Long.parseLong(parts[2]);
        if (time == Long.MAX_VALUE) {
            ends.putIfAbsent(record.partition(), record.offset());
        }
        target.collect(PaneRow.word(record.partition(), time, Integer.parseInt(parts[0]), Integer.parseInt(parts[1])));
    }

    private void row(ConsumerRecord<byte[], byte[]> record, Collector<PaneRow> target) throws IOException {
        byte[] value = record.value();
        GenericDatumReader<GenericRecord> reader = readers.computeIfAbsent(
                WireFormat.schemaId(value), id -> new GenericDatumReader<>(schemas.schemaById(id), head));
        decoder = DecoderFactory.get()
                .binaryDecoder(value, WireFormat.HEADER_BYTES, value.length - WireFormat.HEADER_BYTES, decoder);
        GenericRecord row = reader.read(null, decoder);
        if ((Integer) row.get("window_seconds") != PANE_SECONDS || (Boolean) row.get("overflow")) {
            return;
        }
        long start = Math.floorDiv((Long) row.get("window_start"), MICROS_PER_MILLI);
        Object tenant = row.get("tenant");
        target.collect(PaneRow.of(
                tenant == null ? "" : tenant.toString(), record.partition(), start + PANE_SECONDS * 1_000L, value));
    }

    @Override
    public TypeInformation<PaneRow> getProducedType() {
        return PaneRow.TYPE;
    }
}
