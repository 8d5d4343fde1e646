package io.tidemark.gateway.otlp;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Which event times are accepted. */
public final class TimeWindow {

    private final Clock clock;
    private final Duration maximumAge;
    private final Duration maximumLead;

    private TimeWindow(Clock clock, Duration maximumAge, Duration maximumLead) {
        this.clock = clock;
        this.maximumAge = maximumAge;
        this.maximumLead = maximumLead;
    }

    /** Around the present. */
    public static TimeWindow around(Clock clock, Duration maximumAge, Duration maximumLead) {
        return new TimeWindow(clock, maximumAge, maximumLead);
    }

    /** Any time: for recorded bodies. */
    public static TimeWindow unlimited() {
        return new TimeWindow(null, null, null);
    }

    /** The earliest time that is accepted now, nanoseconds since the epoch. */
    long oldestNanos() {
        return clock == null ? Long.MIN_VALUE : Instants.nanos(clock.instant().minus(maximumAge));
    }

    /** The latest time that is accepted now, nanoseconds since the epoch. */
    long newestNanos() {
        return clock == null ? Long.MAX_VALUE : Instants.nanos(clock.instant().plus(maximumLead));
    }

    /** Whether a time lies longer ago than is accepted. */
    public boolean isTooOld(Instant time) {
        return clock != null && time.isBefore(clock.instant().minus(maximumAge));
    }

    /** Whether a time lies further ahead than is accepted. */
    public boolean isTooFarAhead(Instant time) {
        return clock != null && time.isAfter(clock.instant().plus(maximumLead));
    }
}
