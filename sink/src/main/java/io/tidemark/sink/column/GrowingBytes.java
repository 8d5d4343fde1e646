package io.tidemark.sink.column;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A byte buffer that grows at its end, can be cut back, and writes numbers little-endian as ClickHouse does. */
final class GrowingBytes {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN)
            .withInvokeExactBehavior();
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN)
            .withInvokeExactBehavior();
    private static final int INITIAL_CAPACITY = 256;

    private byte[] bytes = new byte[INITIAL_CAPACITY];
    private int size;

    int size() {
        return size;
    }

    byte[] array() {
        return bytes;
    }

    void truncate(int newSize) {
        size = newSize;
    }

    void putByte(int value) {
        ensure(1);
        bytes[size++] = (byte) value;
    }

    void putShort(int value) {
        ensure(Short.BYTES);
        bytes[size] = (byte) value;
        bytes[size + 1] = (byte) (value >>> Byte.SIZE);
        size += Short.BYTES;
    }

    void putInt(int value) {
        ensure(Integer.BYTES);
        INTS.set(bytes, size, value);
        size += Integer.BYTES;
    }

    void putLong(long value) {
        ensure(Long.BYTES);
        LONGS.set(bytes, size, value);
        size += Long.BYTES;
    }

    long longAt(int offset) {
        return (long) LONGS.get(bytes, offset);
    }

    int intAt(int offset) {
        return (int) INTS.get(bytes, offset);
    }

    void putBytes(byte[] source, int offset, int length) {
        ensure(length);
        System.arraycopy(source, offset, bytes, size, length);
        size += length;
    }

    void putZeros(int length) {
        ensure(length);
        Arrays.fill(bytes, size, size + length, (byte) 0);
        size += length;
    }

    /** Length as ClickHouse writes it before a string: seven bits a byte, least significant first. */
    void putVarInt(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            putByte((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        putByte((int) rest);
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(bytes, 0, size);
    }

    private void ensure(int more) {
        int needed = size + more;
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, bytes.length * 2));
        }
    }
}
