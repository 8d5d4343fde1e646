package io.tidemark.sink.column;

import java.io.IOException;
import java.io.OutputStream;

/** {@code Nullable(T)}: a byte for each row that says whether it is null, then the values. */
public final class NullableColumn extends Column {

    private final GrowingBytes nulls = new GrowingBytes();
    private final Column values;

    public NullableColumn(Column values) {
        this.values = values;
    }

    /** Says that the next value is not null; it must then be appended to {@link #values()}. */
    public void present() {
        nulls.putByte(0);
    }

    /** Column of the values. */
    public Column values() {
        return values;
    }

    @Override
    public String type() {
        return "Nullable(" + values.type() + ")";
    }

    @Override
    public int rows() {
        return nulls.size();
    }

    @Override
    public void appendDefault() {
        nulls.putByte(1);
        values.appendDefault();
    }

    @Override
    public void truncate(int rows) {
        if (nulls.size() > rows) {
            nulls.truncate(rows);
        }
        values.truncate(rows);
    }

    @Override
    public long bytes() {
        return nulls.size() + values.bytes();
    }

    @Override
    public Object value(int row) {
        return nulls.array()[row] == 1 ? null : values.value(row);
    }

    @Override
    void writePrefix(OutputStream out) throws IOException {
        values.writePrefix(out);
    }

    @Override
    void writeData(OutputStream out) throws IOException {
        nulls.writeTo(out);
        values.writeData(out);
    }
}
