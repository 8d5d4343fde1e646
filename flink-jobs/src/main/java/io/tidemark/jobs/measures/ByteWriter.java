package io.tidemark.jobs.measures;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing buffer of bytes with variable-length numbers. Reused: {@link #clear()} keeps the memory. */
public final class ByteWriter {

    private static final int INITIAL_BYTES = 4_096;
    private static final int LONGEST_VARINT = 10;

    private byte[] bytes;
    private int size;

    /** An empty buffer. */
    public ByteWriter() {
        this(INITIAL_BYTES);
    }

    /** An empty buffer with room for so many bytes before it grows. */
    public ByteWriter(int bytes) {
        this.bytes = new byte[bytes];
    }

    /** Forgets what was written. */
    public void clear() {
        size = 0;
    }

    /** Number of bytes written. */
    public int size() {
        return size;
    }

    /** A copy of what was written. */
    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    /** Copies a range of what was written. */
    public void copyTo(int start, byte[] target, int targetStart, int length) {
        System.arraycopy(bytes, start, target, targetStart, length);
    }

    /** Whether a range of what was written equals the first bytes of an array. */
    public boolean hasBytes(int start, int end, byte[] other, int length) {
        return Arrays.equals(bytes, start, end, other, 0, length);
    }

    /** One byte. */
    public void writeByte(int value) {
        ensure(1);
        bytes[size++] = (byte) value;
    }

    /** A number of which small values from zero on are short. */
    public void writeUnsigned(long value) {
        ensure(LONGEST_VARINT);
        size = put(bytes, size, value);
    }

    /** Signed numbers, one after the other, as {@link #writeSigned} writes each. */
    public void writeAllSigned(long[] values, int count) {
        ensure(count * LONGEST_VARINT);
        byte[] target = bytes;
        int position = size;
        for (int i = 0; i < count; i++) {
            position = put(target, position, (values[i] << 1) ^ (values[i] >> 63));
        }
        size = position;
    }

    private static int put(byte[] target, int start, long value) {
        int position = start;
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            target[position++] = (byte) (rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        target[position] = (byte) rest;
        return position + 1;
    }

    /** A number of which values near zero are short; the same bytes as an Avro int or long. */
    public void writeSigned(long value) {
        writeUnsigned((value << 1) ^ (value >> 63));
    }

    /** Bytes as they are. */
    public void writeBytes(byte[] source, int offset, int length) {
        ensure(length);
        System.arraycopy(source, offset, bytes, size, length);
        size += length;
    }

    /** What another writer holds. */
    public void writeAll(ByteWriter other) {
        writeBytes(other.bytes, 0, other.size);
    }

    /** The UTF-8 bytes of a text, behind their number. */
    public void writeText(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        writeUnsigned(utf8.length);
        writeBytes(utf8, 0, utf8.length);
    }

    /** Eight bytes, little-endian. */
    public void writeLong(long value) {
        ensure(Long.BYTES);
        for (int i = 0; i < Long.BYTES; i++) {
            bytes[size++] = (byte) (value >>> (Byte.SIZE * i));
        }
    }

    /** Eight bytes, as an Avro double. */
    public void writeDouble(double value) {
        writeLong(Double.doubleToRawLongBits(value));
    }

    private void ensure(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
