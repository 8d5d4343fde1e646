package io.tidemark.gateway.publish;

import io.tidemark.contracts.topic.Topic;
import io.tidemark.registry.EncodedBytes;
import io.tidemark.registry.RecordEncoder;
import io.tidemark.registry.SchemaRegistry;
import io.tidemark.registry.WireFormat;
import org.apache.avro.specific.SpecificRecord;

/**
 * Writes the records of one topic, by several threads at once. The schema is registered with the first record.
 *
 * @param <T> record class
 */
final class RecordWriter<T extends SpecificRecord> {

    private final SchemaRegistry registry;
    private final Topic topic;
    private final RecordEncoder encoder;
    private final ThreadLocal<EncodedBytes> buffers = ThreadLocal.withInitial(EncodedBytes::new);
    private volatile byte[] header;

    RecordWriter(SchemaRegistry registry, Topic topic) {
        this.registry = registry;
        this.topic = topic;
        this.encoder = new RecordEncoder(topic.schema().orElseThrow());
    }

    /** @throws io.tidemark.registry.RegistryUnavailableException when the schema is not registered yet and the registry does not answer */
    byte[] write(T record) {
        EncodedBytes buffer = buffers.get();
        buffer.clear();
        buffer.raw(header());
        encoder.encode(record, buffer);
        return buffer.toByteArray();
    }

    private byte[] header() {
        byte[] known = header;
        if (known == null) {
            known = new byte[WireFormat.HEADER_BYTES];
            WireFormat.writeHeader(
                    known, registry.register(topic.subject(), topic.schema().orElseThrow()));
            header = known;
        }
        return known;
    }
}
