package io.tidemark.contracts.release;

/** What is asked of a release must not be done now; the message says why, for people. */
public final class ReleaseRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public ReleaseRefusedException(String message) {
        super(message);
    }
}
