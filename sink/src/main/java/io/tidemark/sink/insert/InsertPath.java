package io.tidemark.sink.insert;

import io.tidemark.sink.column.NativeBlock;

/** A way to insert. Implementations are safe for use by several threads. */
public interface InsertPath extends AutoCloseable {

    /**
     * Inserts all rows of a block; returns when the server has committed them.
     *
     * @param table table without its database
     * @param token deduplication token: the server ignores an insert whose token it has seen in this table
     * @throws InsertException when the server refused, or nobody knows whether it committed; the insert may be repeated
     */
    void insert(String table, NativeBlock block, String token);

    @Override
    void close();
}
