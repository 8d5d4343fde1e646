package io.tidemark.gateway.server;

import java.time.Duration;

/** A request that is refused as a whole. The message is for the client. */
final class RefusedException extends Exception {

    private static final long serialVersionUID = 1L;
    private static final Duration USUAL_WAIT = Duration.ofSeconds(1);

    private final Answer answer;
    private final Duration retryAfter;

    RefusedException(Answer answer, String message) {
        this(answer, message, USUAL_WAIT);
    }

    /** @param retryAfter when a retry is worth while, for answers that allow one */
    RefusedException(Answer answer, String message, Duration retryAfter) {
        super(message, null, false, false);
        this.answer = answer;
        this.retryAfter = retryAfter;
    }

    /** For a request that comes while the gateway stops. */
    static RefusedException stopping() {
        return new RefusedException(Answer.UNAVAILABLE, "the gateway is stopping; try again");
    }

    Answer answer() {
        return answer;
    }

    Duration retryAfter() {
        return retryAfter;
    }

    /** Whole seconds, at least one, as HTTP wants them. */
    long retryAfterSeconds() {
        return Math.max(1, retryAfter.plusMillis(999).toSeconds());
    }
}
