package io.tidemark.client;

import io.tidemark.registry.EncodedBytes;
import io.tidemark.registry.RecordEncoder;
import io.tidemark.registry.WireFormat;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/**
 * Writes records in the wire format with the schema id left open. The id comes from the registry, which a caller must not
 * wait for; the bytes must be known at once, so that the buffer is bounded by what it really holds.
 */
final class WireEncoder {

    private static final byte[] OPEN_HEADER = new byte[WireFormat.HEADER_BYTES];

    private final RecordEncoder encoder;

    WireEncoder(Schema schema) {
        encoder = new RecordEncoder(schema);
    }

    /** @throws org.apache.avro.AvroRuntimeException when a field that must have a value has none */
    byte[] encode(SpecificRecord record) {
        EncodedBytes bytes = new EncodedBytes();
        bytes.raw(OPEN_HEADER);
        encoder.encode(record, bytes);
        return bytes.toByteArray();
    }
}
