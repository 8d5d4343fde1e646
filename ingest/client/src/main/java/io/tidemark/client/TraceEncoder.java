package io.tidemark.client;

import io.tidemark.contracts.avro.Trace;
import io.tidemark.registry.EncodedBytes;
import io.tidemark.registry.RecordEncoder;
import io.tidemark.registry.WireFormat;

/**
 * Writes traces in the wire format with the schema id left open. The id comes from the registry, which a caller must not
 * wait for; the bytes must be known at once, so that the buffer is bounded by what it really holds.
 */
final class TraceEncoder {

    private static final byte[] OPEN_HEADER = new byte[WireFormat.HEADER_BYTES];
    private static final RecordEncoder ENCODER = new RecordEncoder(Trace.getClassSchema());

    /** @throws org.apache.avro.AvroRuntimeException when a field that must have a value has none */
    byte[] encode(Trace trace) {
        EncodedBytes bytes = new EncodedBytes();
        bytes.raw(OPEN_HEADER);
        ENCODER.encode(trace, bytes);
        return bytes.toByteArray();
    }
}
