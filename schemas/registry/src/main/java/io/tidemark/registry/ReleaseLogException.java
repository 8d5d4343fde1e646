package io.tidemark.registry;

/** The topics of releases cannot be read or written; worth another try. */
public final class ReleaseLogException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public ReleaseLogException(String message, Throwable cause) {
        super(message, cause);
    }
}
