package io.tidemark.registry;

/** The registry has no schema of that id: the record that names it cannot be read by anyone. */
public final class UnknownSchemaException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public UnknownSchemaException(String message) {
        super(message);
    }

    public UnknownSchemaException(String message, Throwable cause) {
        super(message, cause);
    }
}
