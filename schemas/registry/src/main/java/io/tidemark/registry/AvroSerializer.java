package io.tidemark.registry;

import io.tidemark.contracts.topic.Topic;
import java.nio.ByteBuffer;
import org.apache.avro.Schema;
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
    private final RecordEncoder encoder;
    private final EncodedBytes bytes = new EncodedBytes();
    private byte[] header;

    /** @param topic a topic of the catalogue that has a schema */
    public AvroSerializer(SchemaRegistry registry, Topic topic) {
        this.registry = registry;
        this.subject = topic.subject();
        this.schema = topic.schema()
                .orElseThrow(() -> new IllegalArgumentException("topic '%s' has no schema".formatted(topic.name())));
        this.encoder = new RecordEncoder(schema);
    }

    @Override
    public synchronized byte[] serialize(String topic, T record) {
        if (record == null) {
            return null;
        }
        bytes.clear();
        bytes.raw(header());
        encoder.encode(record, bytes);
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
