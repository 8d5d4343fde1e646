package io.tidemark.sink.column;

/** A column of strings, plain or with a dictionary. */
public interface TextColumn {

    /** Appends UTF-8 bytes. */
    void append(byte[] source, int offset, int length);

    /** Whether the row appended last is the empty string or null. */
    boolean lastIsEmpty();
}
