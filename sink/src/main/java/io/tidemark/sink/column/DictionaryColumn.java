package io.tidemark.sink.column;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * {@code LowCardinality(String)}: each distinct string once, and a number for each row. Saves the server the work of
 * building the dictionary.
 */
public final class DictionaryColumn extends Column implements TextColumn {

    /** Version of the dictionary layout in Native: a shared dictionary with additional keys. */
    private static final long KEYS_VERSION = 1;

    private static final long HAS_ADDITIONAL_KEYS = 1L << 9;
    private static final long NEEDS_DICTIONARY_UPDATE = 1L << 10;

    private final boolean nullable;
    private final StringColumn keys = new StringColumn();
    private int[] keyPositions = new int[64];
    /** Open addressing; a slot holds key + 1, so that 0 is free. */
    private int[] slots = new int[128];

    private int[] numbers = new int[1024];
    private int rows;

    public DictionaryColumn(boolean nullable) {
        this.nullable = nullable;
        addDefaultKey();
    }

    private void addDefaultKey() {
        // key 0 stands for null in a nullable column and for the empty string otherwise
        keyPositions[0] = keys.end();
        keys.appendDefault();
        if (!nullable) {
            slots[slotOf(hash(new byte[0], 0, 0))] = 1;
        }
    }

    @Override
    public void append(byte[] source, int offset, int length) {
        append(number(source, offset, length));
    }

    /** Appends a key that {@link #last()} gave before. */
    public void append(int number) {
        if (rows == numbers.length) {
            numbers = Arrays.copyOf(numbers, rows * 2);
        }
        numbers[rows++] = number;
    }

    /** Number of the string appended last. */
    public int last() {
        return numbers[rows - 1];
    }

    @Override
    public boolean lastIsEmpty() {
        return keys.value(last()).isEmpty();
    }

    @Override
    public String type() {
        return nullable ? "LowCardinality(Nullable(String))" : "LowCardinality(String)";
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public void appendDefault() {
        append(0);
    }

    @Override
    public void truncate(int toRows) {
        rows = Math.min(rows, toRows);
    }

    @Override
    public long bytes() {
        return keys.bytes() + (long) rows * Integer.BYTES;
    }

    @Override
    public String value(int row) {
        return nullable && numbers[row] == 0 ? null : keys.value(numbers[row]);
    }

    @Override
    void writePrefix(OutputStream out) throws IOException {
        GrowingBytes prefix = new GrowingBytes();
        prefix.putLong(KEYS_VERSION);
        prefix.writeTo(out);
    }

    @Override
    void writeData(OutputStream out) throws IOException {
        if (rows == 0) {
            return;
        }
        int bytesPerNumber = keys.rows() <= 1 << 8 ? 1 : keys.rows() <= 1 << 16 ? 2 : 4;
        GrowingBytes head = new GrowingBytes();
        // the low bits name the integer type: 0 = UInt8, 1 = UInt16, 2 = UInt32
        head.putLong(bytesPerNumber / 2 | HAS_ADDITIONAL_KEYS | NEEDS_DICTIONARY_UPDATE);
        head.putLong(keys.rows());
        head.writeTo(out);
        keys.writeData(out);
        GrowingBytes body = new GrowingBytes();
        body.putLong(rows);
        for (int i = 0; i < rows; i++) {
            switch (bytesPerNumber) {
                case 1 -> body.putByte(numbers[i]);
                case 2 -> body.putShort(numbers[i]);
                default -> body.putInt(numbers[i]);
            }
        }
        body.writeTo(out);
    }

    private int number(byte[] source, int offset, int length) {
        int slot = slotOf(hash(source, offset, length));
        while (slots[slot] != 0) {
            int number = slots[slot] - 1;
            if (keys.holds(keyPositions[number], source, offset, length)) {
                return number;
            }
            slot = slot + 1 & slots.length - 1;
        }
        return addKey(slot, source, offset, length);
    }

    private int addKey(int slot, byte[] source, int offset, int length) {
        int number = keys.rows();
        if (number == keyPositions.length) {
            keyPositions = Arrays.copyOf(keyPositions, number * 2);
        }
        keyPositions[number] = keys.end();
        keys.append(source, offset, length);
        slots[slot] = number + 1;
        if (keys.rows() * 2 > slots.length) {
            rehash();
        }
        return number;
    }

    private void rehash() {
        slots = new int[slots.length * 2];
        for (int number = nullable ? 1 : 0; number < keys.rows(); number++) {
            int slot = slotOf(keys.hashAt(keyPositions[number]));
            while (slots[slot] != 0) {
                slot = slot + 1 & slots.length - 1;
            }
            slots[slot] = number + 1;
        }
    }

    private int slotOf(int hash) {
        return (hash ^ hash >>> 15) & slots.length - 1;
    }

    static int hash(byte[] source, int offset, int length) {
        int hash = length;
        for (int i = offset; i < offset + length; i++) {
            hash = hash * 31 + source[i];
        }
        return hash * 0x9E3779B9;
    }
}
