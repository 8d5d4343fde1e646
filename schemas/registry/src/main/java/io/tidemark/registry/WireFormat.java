package io.tidemark.registry;

import java.nio.ByteBuffer;

/** Confluent's wire format: a zero byte, the schema id as a big-endian 32-bit integer, the Avro binary body. */
public final class WireFormat {

    /** Length of what precedes the body. */
    public static final int HEADER_BYTES = 5;

    private static final byte MAGIC = 0;

    private WireFormat() {}

    /**
     * Schema id of a record.
     *
     * @throws NotARecordException when the bytes do not begin with a header
     */
    public static int schemaId(byte[] record) {
        if (record.length < HEADER_BYTES) {
            throw new NotARecordException("%d bytes are too few for the 5-byte header".formatted(record.length));
        }
        if (record[0] != MAGIC) {
            throw new NotARecordException("first byte is 0x%02x, not the magic byte 0x00".formatted(record[0]));
        }
        return ByteBuffer.wrap(record).getInt(1);
    }

    /** Writes the header at the start of a record. */
    public static void writeHeader(byte[] record, int schemaId) {
        record[0] = MAGIC;
        ByteBuffer.wrap(record).putInt(1, schemaId);
    }
}
