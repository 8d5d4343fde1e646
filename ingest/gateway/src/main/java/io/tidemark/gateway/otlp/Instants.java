package io.tidemark.gateway.otlp;

import java.time.Instant;

/** OTLP's times. */
final class Instants {

    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final long NANOS_PER_MICRO = 1_000;

    private Instants() {}

    /** Cut to microseconds, which is what contracts hold. */
    static Instant ofNanos(long nanos) {
        long second = nanos / NANOS_PER_SECOND;
        return Instant.ofEpochSecond(second, nanos % NANOS_PER_SECOND / NANOS_PER_MICRO * NANOS_PER_MICRO);
    }

    /** Nanoseconds since the epoch, which is what OTLP holds; the nearest that there is for a time beyond them. */
    static long nanos(Instant time) {
        try {
            return Math.addExact(Math.multiplyExact(time.getEpochSecond(), NANOS_PER_SECOND), time.getNano());
        } catch (ArithmeticException e) {
            return time.isBefore(Instant.EPOCH) ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }
}
