package io.tidemark.sink.column;

import java.io.IOException;
import java.io.OutputStream;

/** One column of a batch. A row is appended to every column of its batch, or cut off from every one. */
public abstract class Column {

    /** Type in ClickHouse's words. */
    public abstract String type();

    /** Rows so far; for the element of an array, elements so far. */
    public abstract int rows();

    /** Appends what stands for a value that the record does not hold: null where the type has it. */
    public abstract void appendDefault();

    /** Appends a null; the same as {@link #appendDefault()} where the type has none. */
    public void appendNull() {
        appendDefault();
    }

    /** Cuts the column back; does nothing when it has no more rows than that. */
    public abstract void truncate(int rows);

    /** Bytes that the column holds. */
    public abstract long bytes();

    /** The value of a row as the driver takes it, for paths that insert by row: slower than the columns themselves. */
    public abstract Object value(int row);

    /** Writes what Native puts before the data of a column. */
    void writePrefix(OutputStream out) throws IOException {}

    abstract void writeData(OutputStream out) throws IOException;
}
