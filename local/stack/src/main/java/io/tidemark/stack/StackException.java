package io.tidemark.stack;

import java.nio.file.Path;

/** A part of the embedded stack cannot do what it was asked; the message says what to do. */
public final class StackException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StackException(String message) {
        super(message);
    }

    public StackException(String message, Throwable cause) {
        super(message, cause);
    }

    static StackException dataInUse(String server, Path directory, Throwable cause) {
        return new StackException(
                ("The %s data directory %s is open in another process; stop that one (after a crash it ends by itself within "
                                + "seconds) or use another directory.")
                        .formatted(server, directory),
                cause);
    }
}
