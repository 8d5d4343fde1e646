package io.tidemark.statistics.error;

import java.io.Serial;
import java.util.Objects;

/** A method refused its input: it gives no number rather than a wrong one. */
public final class StatisticsException extends IllegalArgumentException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    /**
     * @param code the reason, for counters and for callers that react
     * @param message what was refused, where, and what to do
     */
    public StatisticsException(ErrorCode code, String message) {
        super(code + ": " + message);
        this.code = Objects.requireNonNull(code, "code is null");
    }

    /** The reason. */
    public ErrorCode code() {
        return code;
    }
}
