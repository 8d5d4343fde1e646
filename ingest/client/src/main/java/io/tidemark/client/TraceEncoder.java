package io.tidemark.client;

import io.tidemark.contracts.avro.Trace;
import io.tidemark.registry.TrustedRecords;
import io.tidemark.registry.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;

/**
 * Writes traces in the wire format with the schema id left open. The id comes from the registry, which a caller must not
 * wait for; the bytes must be known at once, so that the buffer is bounded by what it really holds.
 */
final class TraceEncoder {

    private static final byte[] OPEN_HEADER = new byte[WireFormat.HEADER_BYTES];
    private static final int USUAL_BYTES = 512;

    private final SpecificDatumWriter<Trace> writer;

    TraceEncoder() {
        TrustedRecords.register();
        writer = new SpecificDatumWriter<>(Trace.getClassSchema());
    }

    /** @throws org.apache.avro.AvroRuntimeException when a field holds what its type does not allow */
    byte[] encode(Trace trace) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_BYTES);
        bytes.writeBytes(OPEN_HEADER);
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        try {
            writer.write(trace, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }
}
