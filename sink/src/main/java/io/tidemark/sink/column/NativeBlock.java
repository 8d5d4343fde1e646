package io.tidemark.sink.column;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The columns of one insert. All columns must have the same number of rows when the block is written. */
public final class NativeBlock {

    private final Map<String, Column> columns;

    public NativeBlock(Map<String, Column> columns) {
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("a block needs a column");
        }
        this.columns = new LinkedHashMap<>(columns);
    }

    /** Names of the columns, in order. */
    public Iterable<String> names() {
        return columns.keySet();
    }

    /** The column of that name. */
    public Column column(String name) {
        return columns.get(name);
    }

    /** Number of complete rows. */
    public int rows() {
        return columns.values().iterator().next().rows();
    }

    /** Bytes that the columns hold. */
    public long bytes() {
        long sum = 0;
        for (Column column : columns.values()) {
            sum += column.bytes();
        }
        return sum;
    }

    /** Cuts every column back to that many rows. */
    public void truncate(int rows) {
        for (Column column : columns.values()) {
            column.truncate(rows);
        }
    }

    /** Writes the block in ClickHouse's Native format. */
    public void writeTo(OutputStream out) throws IOException {
        requireEqualLengths();
        GrowingBytes head = new GrowingBytes();
        head.putVarInt(columns.size());
        head.putVarInt(rows());
        head.writeTo(out);
        for (Map.Entry<String, Column> entry : columns.entrySet()) {
            GrowingBytes title = new GrowingBytes();
            putText(title, entry.getKey());
            putText(title, entry.getValue().type());
            title.writeTo(out);
            entry.getValue().writePrefix(out);
            entry.getValue().writeData(out);
        }
    }

    private void requireEqualLengths() {
        int rows = rows();
        columns.forEach((name, column) -> {
            if (column.rows() != rows) {
                throw new IllegalStateException(
                        "column '%s' has %d rows, others have %d".formatted(name, column.rows(), rows));
            }
        });
    }

    private static void putText(GrowingBytes target, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        target.putVarInt(utf8.length);
        target.putBytes(utf8, 0, utf8.length);
    }
}
