package io.tidemark.gateway.publish;

import java.time.Clock;

/** Remembers whether Kafka answers. While it does not, one request a second may try it. */
final class KafkaAvailability {

    private static final long PAUSE_MILLIS = 1_000;

    private final Clock clock;
    private boolean good = true;
    private long nextTryMillis;

    KafkaAvailability(Clock clock) {
        this.clock = clock;
    }

    synchronized boolean mayTry() {
        long now = clock.millis();
        if (good || now >= nextTryMillis) {
            nextTryMillis = now + PAUSE_MILLIS;
            return true;
        }
        return false;
    }

    synchronized void worked() {
        good = true;
    }

    /** @return whether it worked until now */
    synchronized boolean failed() {
        boolean before = good;
        good = false;
        nextTryMillis = clock.millis() + PAUSE_MILLIS;
        return before;
    }

    /** After a pause it is worth a try again: a load balancer that sends nothing would never find out. */
    synchronized boolean isGood() {
        return good || clock.millis() >= nextTryMillis;
    }
}
