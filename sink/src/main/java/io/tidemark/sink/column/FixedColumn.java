package io.tidemark.sink.column;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Numbers, booleans and times: values of a fixed number of bytes. */
public final class FixedColumn extends Column {

    /** Kinds of value. */
    public enum Kind {
        BOOL("Bool", Byte.BYTES),
        INT16("Int16", Short.BYTES),
        INT32("Int32", Integer.BYTES),
        INT64("Int64", Long.BYTES),
        UINT64("UInt64", Long.BYTES),
        FLOAT64("Float64", Double.BYTES),
        MICROS("DateTime64(6, 'UTC')", Long.BYTES);

        private final String type;
        private final int width;

        Kind(String type, int width) {
            this.type = type;
            this.width = width;
        }
    }

    private final Kind kind;
    private final GrowingBytes data = new GrowingBytes();
    private int rows;

    public FixedColumn(Kind kind) {
        this.kind = kind;
    }

    /** Appends an integer, a boolean as 0 or 1, or microseconds since the epoch. */
    public void append(long value) {
        switch (kind.width) {
            case Byte.BYTES -> data.putByte((int) value);
            case Short.BYTES -> data.putShort((int) value);
            case Integer.BYTES -> data.putInt((int) value);
            default -> data.putLong(value);
        }
        rows++;
    }

    public void append(double value) {
        data.putLong(Double.doubleToRawLongBits(value));
        rows++;
    }

    /** The last value appended, for 8-byte kinds. */
    public long last() {
        return data.longAt(data.size() - Long.BYTES);
    }

    @Override
    public String type() {
        return kind.type;
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public void appendDefault() {
        data.putZeros(kind.width);
        rows++;
    }

    @Override
    public void truncate(int toRows) {
        if (rows > toRows) {
            rows = toRows;
            data.truncate(toRows * kind.width);
        }
    }

    @Override
    public long bytes() {
        return data.size();
    }

    @Override
    public Object value(int row) {
        return switch (kind) {
            case BOOL -> data.array()[row] != 0;
            case INT16 -> (short) ((data.array()[2 * row] & 0xFF) | (data.array()[2 * row + 1] << Byte.SIZE));
            case INT32 -> data.intAt(row * kind.width);
            case INT64, UINT64 -> data.longAt(row * kind.width);
            case FLOAT64 -> Double.longBitsToDouble(data.longAt(row * kind.width));
            case MICROS ->
                Instant.EPOCH
                        .plus(data.longAt(row * kind.width), ChronoUnit.MICROS)
                        .atZone(ZoneOffset.UTC);
        };
    }

    @Override
    void writeData(OutputStream out) throws IOException {
        data.writeTo(out);
    }
}
