package io.tidemark.jobs.windows;

import io.tidemark.jobs.measures.ByteReader;
import io.tidemark.jobs.measures.ByteWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** An increment as a record of state, version 1: {@code 1 | bytes of the slice | slice | pane | measures}. */
final class StoredPartial {

    private static final int VERSION = 1;

    private StoredPartial() {}

    static byte[] toBytes(Partial partial) {
        byte[] slice = partial.slice().getBytes(StandardCharsets.ISO_8859_1);
        ByteWriter writer = new ByteWriter(slice.length + partial.measures().length + 2 * Long.BYTES);
        writer.writeByte(VERSION);
        writer.writeUnsigned(slice.length);
        writer.writeBytes(slice, 0, slice.length);
        writer.writeLong(partial.paneStartMillis());
        writer.writeBytes(partial.measures(), 0, partial.measures().length);
        return writer.toByteArray();
    }

    static Partial fromBytes(byte[] bytes) {
        ByteReader reader = new ByteReader().over(bytes, 0, bytes.length);
        int version = reader.readByte();
        if (version != VERSION) {
            throw new IllegalStateException(
                    "an open increment has version %d; this build reads version %d".formatted(version, VERSION));
        }
        int length = (int) reader.readUnsigned();
        String slice = new String(bytes, reader.position(), length, StandardCharsets.ISO_8859_1);
        reader.skip(length);
        long pane = reader.readLong();
        return new Partial(slice, pane, Arrays.copyOfRange(bytes, reader.position(), bytes.length));
    }
}
