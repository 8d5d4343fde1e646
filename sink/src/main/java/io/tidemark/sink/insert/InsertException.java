package io.tidemark.sink.insert;

/** An insert that was refused, or whose end is unknown. */
public final class InsertException extends RuntimeException {

    private static final long serialVersionUID = 1;

    InsertException(String message, Throwable cause) {
        super(message, cause);
    }
}
