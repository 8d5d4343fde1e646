package io.tidemark.gateway.otlp;

/** A body above a limit. The message names the limit. */
public final class BodyTooLargeException extends Exception {

    private static final long serialVersionUID = 1L;

    public BodyTooLargeException(String message) {
        super(message);
    }

    static BodyTooLargeException of(String what, long limit) {
        return new BodyTooLargeException("the body has more than %d %s".formatted(limit, what));
    }
}
