package io.tidemark.contracts.trace;

/** Bytes that do not follow the schema they claim. The message names the place, never the content. */
public final class MalformedTraceException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Bytes that are wrong at a position, counted from the start of the record's body. */
    MalformedTraceException(String what, int position) {
        super("trace body is unreadable at byte %d: %s".formatted(position, what));
    }
}
