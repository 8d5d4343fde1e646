package io.tidemark.jobs.windows;

import io.tidemark.jobs.measures.ByteReader;
import io.tidemark.jobs.measures.ByteWriter;
import io.tidemark.jobs.measures.MeasureAccumulator;
import io.tidemark.jobs.measures.MeasureLog;
import java.nio.charset.StandardCharsets;

/**
 * An open increment as a record of state, version 1:
 * {@code 1 | bytes of the slice | slice | pane | bytes of the measures | measures | log}. The log is stored as it is: to fold it
 * at every checkpoint costs more than everything else in a checkpoint, and is needed only after a restore.
 */
final class StoredPartial {

    private static final int VERSION = 1;
    private static final int OVERHEAD_BYTES = 32;

    private final MeasureLog log = new MeasureLog();
    private final MeasureAccumulator accumulator = new MeasureAccumulator();

    /** An increment that is measures only. */
    static byte[] toBytes(Partial partial) {
        byte[] slice = partial.slice().getBytes(StandardCharsets.ISO_8859_1);
        return toBytes(slice, slice.length, partial.paneStartMillis(), partial.measures(), new byte[0], 0);
    }

    /**
     * An increment of measures and the events of a log.
     *
     * @param measures encoded measures; null for none
     */
    static byte[] toBytes(
            byte[] slice, int sliceLength, long paneStartMillis, byte[] measures, byte[] log, int logSize) {
        int length = measures == null ? 0 : measures.length;
        ByteWriter writer = new ByteWriter(OVERHEAD_BYTES + sliceLength + length + logSize);
        writer.writeByte(VERSION);
        writer.writeUnsigned(sliceLength);
        writer.writeBytes(slice, 0, sliceLength);
        writer.writeLong(paneStartMillis);
        writer.writeUnsigned(length);
        if (measures != null) {
            writer.writeBytes(measures, 0, length);
        }
        writer.writeBytes(log, 0, logSize);
        return writer.toByteArray();
    }

    Partial fromBytes(byte[] bytes) {
        ByteReader reader = new ByteReader().over(bytes, 0, bytes.length);
        int version = reader.readByte();
        if (version != VERSION) {
            throw new IllegalStateException(
                    "an open increment has version %d; this build reads version %d".formatted(version, VERSION));
        }
        int sliceLength = (int) reader.readUnsigned();
        String slice = new String(bytes, reader.position(), sliceLength, StandardCharsets.ISO_8859_1);
        reader.skip(sliceLength);
        long pane = reader.readLong();
        int length = (int) reader.readUnsigned();
        accumulator.clear();
        if (length > 0) {
            accumulator.add(bytes, reader.position(), length);
        }
        log.fold(bytes, reader.position() + length, bytes.length, accumulator);
        return new Partial(slice, pane, accumulator.encode());
    }
}
