package io.tidemark.cli;

/** A command cannot do what it was asked. The message is one plain sentence for people that says what to do. */
public final class CommandFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CommandFailure(String message) {
        super(message);
    }

    public CommandFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
