package io.tidemark.statistics.histogram;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The stored form of a {@link LogHistogram}: version byte 1, the length and the ASCII letters of {@link LogGrid#ID}, the
 * number of buckets, then for each bucket the step from the index before it (zigzag) and its count; numbers are
 * variable-length, seven bits a byte, low bits first. A reader refuses what it does not know rather than guess.
 */
public final class HistogramLayout {

    private static final byte VERSION = 1;
    private static final byte[] GRID = LogGrid.ID.getBytes(StandardCharsets.US_ASCII);
    private static final int MORE = 0x80;
    private static final int LONGEST_SHIFT = 63;

    private HistogramLayout() {}

    /** The bytes of a histogram. */
    public static byte[] write(LogHistogram histogram) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(VERSION);
        out.write(GRID.length);
        out.writeBytes(GRID);
        writeNumber(out, histogram.indexes().length);
        int previous = 0;
        for (int i = 0; i < histogram.indexes().length; i++) {
            long step = (long) histogram.indexes()[i] - previous;
            writeNumber(out, (step << 1) ^ (step >> (Long.SIZE - 1)));
            writeNumber(out, histogram.counts()[i]);
            previous = histogram.indexes()[i];
        }
        return out.toByteArray();
    }

    /**
     * The histogram of bytes that {@link #write} of this or an older version gave.
     *
     * @throws IllegalArgumentException when the version or the grid is unknown or the bytes are damaged
     */
    public static LogHistogram read(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            byte version = in.get();
            if (version != VERSION) {
                throw new IllegalArgumentException(
                        "histogram layout %d is unknown; this build reads version %d".formatted(version, VERSION));
            }
            requireGrid(in);
            LogHistogram histogram = readBuckets(in);
            if (in.hasRemaining()) {
                throw new IllegalArgumentException("%d bytes follow the histogram".formatted(in.remaining()));
            }
            return histogram;
        } catch (BufferUnderflowException truncated) {
            throw new IllegalArgumentException(
                    "the histogram ends after %d bytes, in the middle of a number".formatted(bytes.length), truncated);
        }
    }

    private static void requireGrid(ByteBuffer in) {
        byte[] grid = new byte[in.get() & 0xff];
        in.get(grid);
        String name = new String(grid, StandardCharsets.US_ASCII);
        if (!name.equals(LogGrid.ID)) {
            throw new IllegalArgumentException(
                    "histogram grid '%s' is unknown; this build reads '%s'".formatted(name, LogGrid.ID));
        }
    }

    private static LogHistogram readBuckets(ByteBuffer in) {
        long buckets = readNumber(in);
        if (buckets < 0 || buckets > in.remaining()) {
            throw new IllegalArgumentException("%d buckets cannot fit in %d bytes".formatted(buckets, in.remaining()));
        }
        int[] indexes = new int[(int) buckets];
        long[] counts = new long[(int) buckets];
        long index = 0;
        for (int i = 0; i < indexes.length; i++) {
            long zigzag = readNumber(in);
            index += (zigzag >>> 1) ^ -(zigzag & 1);
            indexes[i] = Math.toIntExact(index);
            counts[i] = readNumber(in);
        }
        return new LogHistogram(indexes, counts);
    }

    private static void writeNumber(ByteArrayOutputStream out, long value) {
        long rest = value;
        while ((rest & -MORE) != 0) {
            out.write(((int) rest & (MORE - 1)) | MORE);
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    private static long readNumber(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; shift <= LONGEST_SHIFT; shift += 7) {
            byte next = in.get();
            value |= (long) (next & (MORE - 1)) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number of the histogram is longer than 64 bits");
    }
}
