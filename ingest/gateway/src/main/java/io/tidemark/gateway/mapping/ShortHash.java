package io.tidemark.gateway.mapping;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A hash of the two ends of a name, for tables that compare the whole name afterwards. Cheaper than one of all its bytes; names that differ only in their
 * middle share a slot.
 */
public final class ShortHash {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long FIRST = 0x9E3779B97F4A7C15L;
    private static final long SECOND = 0xA0761D6478BD642FL;

    private ShortHash() {}

    /** Hash of a range of bytes; its lowest bits are as good as any. */
    public static int of(byte[] bytes, int offset, int length) {
        long hash;
        if (length >= Long.BYTES) {
            long start = (long) LONGS.get(bytes, offset);
            long end = (long) LONGS.get(bytes, offset + length - Long.BYTES);
            hash = (start * FIRST ^ end + length) * SECOND;
        } else {
            hash = length;
            for (int i = offset; i < offset + length; i++) {
                hash = (hash << Byte.SIZE | bytes[i] & 0xFF) + length;
            }
            hash *= FIRST;
        }
        return (int) (hash >>> Integer.SIZE ^ hash >>> 20);
    }

    /**
     * Whether a name stands at an offset. Names are short, so that eight bytes at a time are faster than a call of what compares long arrays.
     *
     * @param length bytes that stand there
     */
    public static boolean isSame(byte[] name, byte[] bytes, int offset, int length) {
        if (name.length != length) {
            return false;
        }
        if (length < Long.BYTES) {
            for (int i = 0; i < length; i++) {
                if (name[i] != bytes[offset + i]) {
                    return false;
                }
            }
            return true;
        }
        int last = length - Long.BYTES;
        for (int i = 0; i < last; i += Long.BYTES) {
            if ((long) LONGS.get(name, i) != (long) LONGS.get(bytes, offset + i)) {
                return false;
            }
        }
        return (long) LONGS.get(name, last) == (long) LONGS.get(bytes, offset + last);
    }
}
