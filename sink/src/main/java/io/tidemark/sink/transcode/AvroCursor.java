package io.tidemark.sink.transcode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** A place in the bytes of one Avro record. Every read checks the end, so that no input can read outside of it. */
final class AvroCursor {

    private static final VarHandle DOUBLES = MethodHandles.byteArrayViewVarHandle(
                    double[].class, ByteOrder.LITTLE_ENDIAN)
            .withInvokeExactBehavior();
    private static final int LONGEST_VAR_INT_BITS = 63;

    private byte[] bytes = new byte[0];
    private int position;

    void start(byte[] record, int offset) {
        bytes = record;
        position = offset;
    }

    byte[] bytes() {
        return bytes;
    }

    int position() {
        return position;
    }

    int remaining() {
        return bytes.length - position;
    }

    long readLong() {
        long raw = 0;
        int shift = 0;
        while (position < bytes.length) {
            byte next = bytes[position++];
            raw |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return (raw >>> 1) ^ -(raw & 1);
            }
            shift += 7;
            if (shift > LONGEST_VAR_INT_BITS) {
                throw MalformedRecordException.unreadable("a number of more than ten bytes ends at byte " + position);
            }
        }
        throw tooShort(1);
    }

    int readInt() {
        long value = readLong();
        if (value != (int) value) {
            throw MalformedRecordException.unreadable(
                    "%d before byte %d does not fit into an int".formatted(value, position));
        }
        return (int) value;
    }

    int readBoolean() {
        require(1);
        byte value = bytes[position++];
        if (value != 0 && value != 1) {
            throw MalformedRecordException.unreadable("byte %d is no boolean".formatted(position - 1));
        }
        return value;
    }

    double readDouble() {
        require(Double.BYTES);
        double value = (double) DOUBLES.get(bytes, position);
        position += Double.BYTES;
        return value;
    }

    float readFloat() {
        require(Float.BYTES);
        int bits = bytes[position] & 0xFF
                | (bytes[position + 1] & 0xFF) << 8
                | (bytes[position + 2] & 0xFF) << 16
                | bytes[position + 3] << 24;
        position += Float.BYTES;
        return Float.intBitsToFloat(bits);
    }

    /** Reads the length of a string or of bytes, and makes sure that so many bytes are there. */
    int readLength() {
        long length = readLong();
        if (length < 0 || length > remaining()) {
            throw MalformedRecordException.unreadable("a length of %d before byte %d, but only %d bytes are left"
                    .formatted(length, position, remaining()));
        }
        return (int) length;
    }

    void skip(int length) {
        require(length);
        position += length;
    }

    /**
     * Reads the count of the next block of an array or map; 0 is the end. Each item takes at least one byte, so that a
     * count above what is left is an error and not a long loop.
     */
    int readBlockCount() {
        long count = readLong();
        if (count < 0) {
            count = -count;
            readLong();
        }
        if (count < 0 || count > remaining()) {
            throw MalformedRecordException.unreadable("a block of %d items before byte %d, but only %d bytes are left"
                    .formatted(count, position, remaining()));
        }
        return (int) count;
    }

    private void require(int length) {
        if (remaining() < length) {
            throw tooShort(length);
        }
    }

    private MalformedRecordException tooShort(int length) {
        return MalformedRecordException.unreadable(
                "the record ends at byte %d, where %d more are needed".formatted(position, length - remaining()));
    }
}
