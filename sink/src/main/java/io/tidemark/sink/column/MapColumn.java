package io.tidemark.sink.column;

import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code Map(K, V)}: where each row ends among the entries, then the keys, then the values. */
public final class MapColumn extends Column {

    private final GrowingBytes ends = new GrowingBytes();
    private final Column keys;
    private final Column values;

    public MapColumn(Column keys, Column values) {
        this.keys = keys;
        this.values = values;
    }

    /** Column of the keys. */
    public Column keys() {
        return keys;
    }

    /** Column of the values. */
    public Column values() {
        return values;
    }

    /** Ends a row: all entries appended since the last end belong to it. */
    public void endRow() {
        ends.putLong(keys.rows());
    }

    @Override
    public String type() {
        return "Map(" + keys.type() + ", " + values.type() + ")";
    }

    @Override
    public int rows() {
        return ends.size() / Long.BYTES;
    }

    @Override
    public void appendDefault() {
        endRow();
    }

    @Override
    public void truncate(int rows) {
        if (rows() > rows) {
            ends.truncate(rows * Long.BYTES);
        }
        int entries = start(rows());
        keys.truncate(entries);
        values.truncate(entries);
    }

    @Override
    public long bytes() {
        return ends.size() + keys.bytes() + values.bytes();
    }

    @Override
    public Object value(int row) {
        Map<Object, Object> entries = new LinkedHashMap<>();
        for (int i = start(row); i < start(row + 1); i++) {
            entries.put(keys.value(i), values.value(i));
        }
        return entries;
    }

    @Override
    void writePrefix(OutputStream out) throws IOException {
        keys.writePrefix(out);
        values.writePrefix(out);
    }

    @Override
    void writeData(OutputStream out) throws IOException {
        ends.writeTo(out);
        keys.writeData(out);
        values.writeData(out);
    }

    private int start(int row) {
        return row == 0 ? 0 : (int) ends.longAt((row - 1) * Long.BYTES);
    }
}
