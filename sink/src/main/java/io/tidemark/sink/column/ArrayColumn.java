package io.tidemark.sink.column;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** {@code Array(T)}: where each row ends among the elements, then the elements. */
public final class ArrayColumn extends Column {

    private final GrowingBytes ends = new GrowingBytes();
    private final Column elements;

    public ArrayColumn(Column elements) {
        this.elements = elements;
    }

    /** Column of the elements. */
    public Column elements() {
        return elements;
    }

    /** Ends a row: all elements appended since the last end belong to it. */
    public void endRow() {
        ends.putLong(elements.rows());
    }

    @Override
    public String type() {
        return "Array(" + elements.type() + ")";
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
        // elements of a row that was not ended have to go too
        elements.truncate(start(rows()));
    }

    @Override
    public long bytes() {
        return ends.size() + elements.bytes();
    }

    @Override
    public Object value(int row) {
        List<Object> values = new ArrayList<>();
        for (int i = start(row); i < start(row + 1); i++) {
            values.add(elements.value(i));
        }
        return values;
    }

    @Override
    void writePrefix(OutputStream out) throws IOException {
        elements.writePrefix(out);
    }

    @Override
    void writeData(OutputStream out) throws IOException {
        ends.writeTo(out);
        elements.writeData(out);
    }

    private int start(int row) {
        return row == 0 ? 0 : (int) ends.longAt((row - 1) * Long.BYTES);
    }
}
