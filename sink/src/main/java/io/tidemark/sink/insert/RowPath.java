package io.tidemark.sink.insert;

/** A way to insert rows of objects. The sink uses none; they are here to be measured against {@link NativePath}. */
public interface RowPath extends AutoCloseable {

    /** As {@link InsertPath#insert}, for rows. */
    void insert(String table, RowValues values, String token);

    @Override
    void close();
}
