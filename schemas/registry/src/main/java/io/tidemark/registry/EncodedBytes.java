package io.tidemark.registry;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes in Avro's binary form, in an array that grows. One instance is filled again for each record; it never shrinks. */
public final class EncodedBytes {

    private static final int INITIAL_BYTES = 1_024;
    private static final int LONGEST_VARINT = 10;
    private static final int CONTINUES = 0x80;
    private static final int SEVEN_BITS = 0x7F;

    private byte[] bytes = new byte[INITIAL_BYTES];
    private int size;

    /** Forgets what it holds. */
    public void clear() {
        size = 0;
    }

    /** Appends bytes as they are. */
    public void raw(byte[] more) {
        reserve(more.length);
        System.arraycopy(more, 0, bytes, size, more.length);
        size += more.length;
    }

    /** A copy of what it holds. */
    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    void single(int value) {
        if (size == bytes.length) {
            reserve(1);
        }
        bytes[size++] = (byte) value;
    }

    /** Variable-length zig-zag, for int and long. */
    void whole(long value) {
        long left = value << 1 ^ value >> Long.SIZE - 1;
        if ((left & ~SEVEN_BITS) == 0) {
            single((int) left);
            return;
        }
        reserve(LONGEST_VARINT);
        while ((left & ~SEVEN_BITS) != 0) {
            bytes[size++] = (byte) (left & SEVEN_BITS | CONTINUES);
            left >>>= 7;
        }
        bytes[size++] = (byte) left;
    }

    /** IEEE 754, eight bytes, the lowest first. */
    void number(double value) {
        reserve(Double.BYTES);
        long bits = Double.doubleToRawLongBits(value);
        for (int i = 0; i < Double.BYTES; i++) {
            bytes[size++] = (byte) (bits >>> Byte.SIZE * i);
        }
    }

    /** Length and UTF-8. Most texts are ASCII, of which the length is known before they are encoded. */
    void text(String value) {
        int length = value.length();
        reserve(LONGEST_VARINT + length);
        int before = size;
        whole(length);
        byte[] into = bytes;
        int start = size;
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (c >= CONTINUES) {
                size = before;
                byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
                whole(encoded.length);
                raw(encoded);
                return;
            }
            into[start + i] = (byte) c;
        }
        size = start + length;
    }

    private void reserve(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, Math.addExact(size, more)));
        }
    }
}
