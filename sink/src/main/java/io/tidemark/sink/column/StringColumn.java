package io.tidemark.sink.column;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Strings, each with its length in front, as Native lays them out. */
public final class StringColumn extends Column implements TextColumn {

    /** Every so many rows the position is kept, so that cutting back reads at most this many lengths. */
    private static final int ROWS_PER_POSITION = 256;

    private final GrowingBytes data = new GrowingBytes();
    private int[] positions = new int[ROWS_PER_POSITION];
    private int rows;

    @Override
    public void append(byte[] source, int offset, int length) {
        startRow();
        data.putVarInt(length);
        data.putBytes(source, offset, length);
    }

    @Override
    public boolean lastIsEmpty() {
        return data.array()[positionOf(rows - 1)] == 0;
    }

    @Override
    public String type() {
        return "String";
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public void appendDefault() {
        startRow();
        data.putByte(0);
    }

    @Override
    public void truncate(int toRows) {
        if (rows > toRows) {
            data.truncate(positionOf(toRows));
            rows = toRows;
        }
    }

    @Override
    public long bytes() {
        return data.size();
    }

    @Override
    public String value(int row) {
        int position = positionOf(row);
        int length = lengthAt(position);
        return new String(data.array(), position + varIntBytes(length), length, StandardCharsets.UTF_8);
    }

    @Override
    void writeData(OutputStream out) throws IOException {
        data.writeTo(out);
    }

    /** Whether the string that begins at a position is exactly these bytes. */
    boolean holds(int position, byte[] source, int offset, int length) {
        int stored = lengthAt(position);
        int start = position + varIntBytes(stored);
        return stored == length && Arrays.equals(data.array(), start, start + length, source, offset, offset + length);
    }

    int hashAt(int position) {
        int length = lengthAt(position);
        return DictionaryColumn.hash(data.array(), position + varIntBytes(length), length);
    }

    /** Where the next row will begin. */
    int end() {
        return data.size();
    }

    private void startRow() {
        if (rows % ROWS_PER_POSITION == 0) {
            int slot = rows / ROWS_PER_POSITION;
            if (slot == positions.length) {
                positions = Arrays.copyOf(positions, positions.length * 2);
            }
            positions[slot] = data.size();
        }
        rows++;
    }

    private int positionOf(int row) {
        if (row == rows) {
            return data.size();
        }
        int position = positions[row / ROWS_PER_POSITION];
        for (int i = row - row % ROWS_PER_POSITION; i < row; i++) {
            int length = lengthAt(position);
            position += varIntBytes(length) + length;
        }
        return position;
    }

    private int lengthAt(int position) {
        int length = 0;
        int shift = 0;
        int at = position;
        while (true) {
            byte next = data.array()[at++];
            length |= (next & 0x7F) << shift;
            if (next >= 0) {
                return length;
            }
            shift += 7;
        }
    }

    private static int varIntBytes(int value) {
        return value < 1 << 7 ? 1 : value < 1 << 14 ? 2 : value < 1 << 21 ? 3 : value < 1 << 28 ? 4 : 5;
    }
}
