package io.tidemark.cli.format;

/** A line that is no trace of its format. The message names file, line, column, and what is wrong. */
public final class MalformedLineException extends Exception {

    private static final long serialVersionUID = 1L;

    private final long line;
    private final int column;

    /**
     * @param line number of the line, from 1, the header included
     * @param column number of the CSV column, or of the byte in a JSON line, from 1
     */
    MalformedLineException(String file, long line, int column, String problem) {
        super("%s, line %d, column %d: %s".formatted(file, line, column, problem));
        this.line = line;
        this.column = column;
    }

    /** Number of the line, from 1. */
    public long line() {
        return line;
    }

    /** Number of the CSV column, or of the byte in a JSON line, from 1. */
    public int column() {
        return column;
    }
}
