package io.tidemark.cli.demo;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Event time that begins in the past and runs faster than the clock until it has caught up with it: so that what happens is
 * recent enough for consumers that act on live decisions only.
 *
 * @param eventStart event time at the beginning
 * @param wallStart time of the clock at the beginning
 * @param speed seconds of event time in a second of the clock
 */
record StoryClock(Clock clock, Instant eventStart, Instant wallStart, double speed) {

    static StoryClock startingNow(Clock clock, Instant eventStart, double speed) {
        return new StoryClock(clock, eventStart, clock.instant(), speed);
    }

    /** The event time that it is now; never ahead of the clock. */
    Instant eventTime() {
        Instant now = clock.instant();
        long passed = Duration.between(wallStart, now).toMillis();
        Instant event = eventStart.plusMillis((long) (passed * speed));
        return event.isBefore(now) ? event : now;
    }
}
