package io.tidemark.cli.replay;

import io.tidemark.cli.CommandFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Holds each trace back until its event time has come, at a multiple of real time; a speed of 0 holds nothing back. */
final class Pace {

    private final double speed;
    private final Clock clock;
    private Instant start;
    private Instant firstEvent;

    Pace(double speed, Clock clock) {
        this.speed = speed;
        this.clock = clock;
    }

    /** How long to wait before an event is due; zero or less when it is due now. */
    Duration untilDue(Instant event) {
        if (speed <= 0) {
            return Duration.ZERO;
        }
        Instant now = clock.instant();
        if (start == null) {
            start = now;
            firstEvent = event;
        }
        long sinceFirst = Duration.between(firstEvent, event).toNanos();
        Instant due = start.plusNanos((long) (sinceFirst / speed));
        return Duration.between(now, due);
    }

    void await(Instant event) {
        Duration wait = untilDue(event);
        if (wait.toMillis() > 0) {
            try {
                Thread.sleep(wait.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CommandFailure("the replay was interrupted", e);
            }
        }
    }
}
