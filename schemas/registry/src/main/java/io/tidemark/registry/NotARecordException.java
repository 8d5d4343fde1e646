package io.tidemark.registry;

/** Bytes that do not begin with the header of the wire format. */
public final class NotARecordException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public NotARecordException(String message) {
        super(message);
    }

    public NotARecordException(String message, Throwable cause) {
        super(message, cause);
    }
}
