package io.tidemark.contracts.trace;

import io.tidemark.contracts.topic.RefusalReason;
import java.time.Duration;
import java.util.Optional;

/**
 * The one rule that says which readable traces are refused. The jobs count what it refuses and the sink dead-letters it,
 * so both must ask here.
 */
public final class TraceAdmission {

    /** How far a trace may lie ahead of the broker's append time unless a process is configured otherwise. */
    public static final Duration DEFAULT_MAXIMUM_SKEW = Duration.ofMinutes(10);

    private static final long MICROS_PER_MILLI = 1_000;
    private static final Optional<RefusalReason> ADMITTED = Optional.empty();
    private static final Optional<RefusalReason> NO_TENANT = Optional.of(RefusalReason.MISSING_TENANT);
    private static final Optional<RefusalReason> NO_TIME = Optional.of(RefusalReason.INVALID_FIELD);
    private static final Optional<RefusalReason> FUTURE = Optional.of(RefusalReason.FUTURE_EVENT_TIME);

    private final long maximumSkewMicros;

    /**
     * A rule.
     *
     * @param maximumSkew how far an event time may lie after the broker's append time, at least 0
     */
    public TraceAdmission(Duration maximumSkew) {
        if (maximumSkew.isNegative()) {
            throw new IllegalArgumentException("maximum skew '%s' must be >= PT0S".formatted(maximumSkew));
        }
        maximumSkewMicros = maximumSkew.toMillis() * MICROS_PER_MILLI;
    }

    /**
     * Why a trace is refused; empty when it is admitted.
     *
     * @param hasTenant whether the trace names a tenant
     * @param eventTimeMicros event time, microseconds since the epoch
     * @param appendTimeMillis time at which the broker appended the record, milliseconds since the epoch
     */
    public Optional<RefusalReason> refusal(boolean hasTenant, long eventTimeMicros, long appendTimeMillis) {
        if (!hasTenant) {
            return NO_TENANT;
        }
        if (eventTimeMicros <= 0) {
            return NO_TIME;
        }
        return eventTimeMicros - appendTimeMillis * MICROS_PER_MILLI > maximumSkewMicros ? FUTURE : ADMITTED;
    }
}
