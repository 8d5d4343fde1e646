package io.tidemark.registry;

/** The registry refuses a schema under its subject's compatibility rules. */
public final class IncompatibleSchemaException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public IncompatibleSchemaException(String message) {
        super(message);
    }

    public IncompatibleSchemaException(String message, Throwable cause) {
        super(message, cause);
    }
}
