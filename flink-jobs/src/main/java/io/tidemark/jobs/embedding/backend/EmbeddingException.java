package io.tidemark.jobs.embedding.backend;

/** A backend gave no vectors. */
public final class EmbeddingException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean worthARetry;

    private EmbeddingException(String message, Throwable cause, boolean worthARetry) {
        super(message, cause);
        this.worthARetry = worthARetry;
    }

    /** It will not work the next time either. */
    public static EmbeddingException lasting(String message, Throwable cause) {
        return new EmbeddingException(message, cause, false);
    }

    /** It may work the next time: a time-out, a busy server. */
    public static EmbeddingException passing(String message, Throwable cause) {
        return new EmbeddingException(message, cause, true);
    }

    /** Whether it makes sense to ask again. */
    public boolean isWorthARetry() {
        return worthARetry;
    }
}
