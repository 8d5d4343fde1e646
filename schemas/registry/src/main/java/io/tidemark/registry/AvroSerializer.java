package io.tidemark.registry;

import io.tidemark.contracts.topic.Topic;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Writes the records of one topic. The schema is registered when the first record is written.
 *
 * @param <T> record class
 */
public final class AvroSerializer<T extends SpecificRecord> implements Serializer<T> {

    private final SchemaRegistry registry;
    private final String subject;
    private final Schema schema;
    private final SpecificDatumWriter<T> writer;
    private byte[] header;

    /** @param topic a topic of the catalogue that has a schema */
    public AvroSerializer(SchemaRegistry registry, Topic topic) {
        TrustedRecords.register();
        this.registry = registry;
        this.subject = topic.subject();
        this.schema = topic.schema()
                .orElseThrow(() -> new IllegalArgumentException("topic '%s' has no schema".formatted(topic.name())));
        this.writer = new SpecificDatumWriter<>(schema);
    }

    @Override
    public synchronized byte[] serialize(String topic, T record) {
        if (record == null) {
            return null;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(header());
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        try {
            writer.write(record, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    private byte[] header() {
        if (header == null) {
            ByteBuffer buffer = ByteBuffer.allocate(WireFormat.HEADER_BYTES);
            WireFormat.writeHeader(buffer.array(), registry.register(subject, schema));
            header = buffer.array();
        }
        return header;
    }
}
