package io.tidemark.sink.transcode;

/** Reads one value from a record and appends it to its column or columns, or skips it. */
interface FieldReader {

    void read(AvroCursor in);
}
