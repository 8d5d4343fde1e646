package io.tidemark.jobs.judging.judge;

/** A judge gave no answer. */
public final class JudgeException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean worthARetry;

    JudgeException(String message, Throwable cause, boolean worthARetry) {
        super(message, cause);
        this.worthARetry = worthARetry;
    }

    /** Whether it may answer the next time: a time-out, a busy server. */
    public boolean isWorthARetry() {
        return worthARetry;
    }
}
