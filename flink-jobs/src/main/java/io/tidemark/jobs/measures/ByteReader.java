package io.tidemark.jobs.measures;

import java.nio.charset.StandardCharsets;

/** Reads what {@link ByteWriter} wrote. One instance is pointed at one array after the other. */
public final class ByteReader {

    private byte[] bytes = new byte[0];
    private int position;
    private int end;

    /** Starts over, on a range of an array. */
    public ByteReader over(byte[] source, int offset, int length) {
        bytes = source;
        position = offset;
        end = offset + length;
        return this;
    }

    /** Whether everything was read. */
    public boolean isAtEnd() {
        return position >= end;
    }

    /** Position of the next byte in the array. */
    public int position() {
        return position;
    }

    /** Leaves bytes out. */
    public void skip(int count) {
        position += count;
    }

    /** One byte. */
    public int readByte() {
        return bytes[position++];
    }

    /** A number that {@link ByteWriter#writeUnsigned} wrote. */
    public long readUnsigned() {
        int first = bytes[position++];
        if (first >= 0) {
            return first;
        }
        long value = first & 0x7F;
        for (int shift = 7; ; shift += 7) {
            int next = bytes[position++];
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    /** A text that {@link ByteWriter#writeText} wrote. */
    public String readText() {
        int length = (int) readUnsigned();
        String text = new String(bytes, position, length, StandardCharsets.UTF_8);
        skip(length);
        return text;
    }

    /** A number that {@link ByteWriter#writeLong} wrote. */
    public long readLong() {
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value |= (bytes[position++] & 0xFFL) << (Byte.SIZE * i);
        }
        return value;
    }

    /** A number that {@link ByteWriter#writeSigned} wrote. */
    public long readSigned() {
        long value = readUnsigned();
        return (value >>> 1) ^ -(value & 1);
    }

    /** Signed numbers, one after the other, as {@link ByteWriter#writeAllSigned} wrote them. */
    public void readAllSigned(long[] target, int count) {
        byte[] source = bytes;
        int next = position;
        for (int i = 0; i < count; i++) {
            long value = source[next++];
            if (value < 0) {
                value &= 0x7F;
                int shift = 7;
                long more;
                do {
                    more = source[next++];
                    value |= (more & 0x7F) << shift;
                    shift += 7;
                } while (more < 0);
            }
            target[i] = (value >>> 1) ^ -(value & 1);
        }
        position = next;
    }
}
