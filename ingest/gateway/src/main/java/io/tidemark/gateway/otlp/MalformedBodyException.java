package io.tidemark.gateway.otlp;

/** A body that is not what it claims to be; the client must not send it again. The message holds nothing of its content. */
public final class MalformedBodyException extends Exception {

    private static final long serialVersionUID = 1L;

    public MalformedBodyException(String message) {
        super(message);
    }
}
