package io.tidemark.cli.format;

import io.tidemark.contracts.avro.Trace;

/** The traces of a file, in its order. For one thread. */
public interface TraceReader extends AutoCloseable {

    /**
     * The next trace, or null at the end of the file. Each call gives a new record.
     *
     * @throws MalformedLineException for a line that is no trace; the next call goes on with the line after it
     * @throws io.tidemark.cli.CommandFailure when the file cannot be read any further
     */
    Trace next() throws MalformedLineException;

    @Override
    void close();
}
