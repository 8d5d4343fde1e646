package io.tidemark.benchmarks.traffic;

/** Event time of a trace by its number. */
@FunctionalInterface
public interface EventTimes {

    /** Microseconds since the epoch. */
    long micros(long number);

    /** Equal steps from a start. */
    static EventTimes evenly(long startMicros, long spanMicros, long count) {
        return number -> startMicros + (long) ((double) number / count * spanMicros);
    }
}
