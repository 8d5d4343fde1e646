package io.tidemark.registry;

/** The registry did not answer, or not sensibly; the same call may succeed later. */
public final class RegistryUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public RegistryUnavailableException(String message) {
        super(message);
    }

    public RegistryUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
