package io.tidemark.consumers.target;

/** A target did not do what it was asked for. */
public final class TargetException extends Exception {

    private static final long serialVersionUID = 1L;

    /** What follows from it. */
    public enum Kind {
        /** The target says no, or does not exist: asking again is of no use. */
        REFUSED,
        /** The target is in another state than was read: somebody else has acted. */
        CONFLICT,
        /** The target does not answer: asking again may help. */
        UNAVAILABLE
    }

    private final Kind kind;

    public TargetException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public TargetException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
