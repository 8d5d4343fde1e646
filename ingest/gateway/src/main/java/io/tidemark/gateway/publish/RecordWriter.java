package io.tidemark.gateway.publish;

import io.tidemark.contracts.topic.Topic;
import io.tidemark.registry.SchemaRegistry;
import io.tidemark.registry.TrustedRecords;
import io.tidemark.registry.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/**
 * Writes the records of one topic, by several threads at once. The schema is registered with the first record.
 *
 * @param <T> record class
 */
final class RecordWriter<T extends SpecificRecord> {

    private static final int USUAL_BYTES = 1_024;

    private final SchemaRegistry registry;
    private final Topic topic;
    private final SpecificDatumWriter<T> writer;
    private final ThreadLocal<Buffer> buffers = ThreadLocal.withInitial(Buffer::new);
    private volatile byte[] header;

    private static final class Buffer {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_BYTES);
        private BinaryEncoder encoder;
    }

    RecordWriter(SchemaRegistry registry, Topic topic) {
        TrustedRecords.register();
        this.registry = registry;
        this.topic = topic;
        this.writer = new SpecificDatumWriter<>(topic.schema().orElseThrow());
    }

    /** @throws io.tidemark.registry.RegistryUnavailableException when the schema is not registered yet and the registry does not answer */
    byte[] write(T record) {
        Buffer buffer = buffers.get();
        buffer.bytes.reset();
        buffer.bytes.writeBytes(header());
        buffer.encoder = EncoderFactory.get().binaryEncoder(buffer.bytes, buffer.encoder);
        try {
            writer.write(record, buffer.encoder);
            buffer.encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return buffer.bytes.toByteArray();
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
