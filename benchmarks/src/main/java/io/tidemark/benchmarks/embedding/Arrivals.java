package io.tidemark.benchmarks.embedding;

import java.util.concurrent.atomic.AtomicLong;

/** When texts came and when they left with their vectors, in this process: the first ones warm up and are not part of the speed. */
final class Arrivals {

    private static final AtomicLong COUNT = new AtomicLong();
    private static final AtomicLong UNSCORED = new AtomicLong();
    private static volatile long warmUp;
    private static volatile long beginNanos;
    private static volatile long lastNanos;
    private static volatile long lastSentMillis;

    private Arrivals() {}

    /** @param texts that warm up */
    static void begin(long texts) {
        COUNT.set(0);
        UNSCORED.set(0);
        warmUp = texts;
        beginNanos = 0;
    }

    static void add(int texts, boolean scored) {
        long now = System.nanoTime();
        if (COUNT.addAndGet(texts) == warmUp) {
            beginNanos = now;
        }
        UNSCORED.addAndGet(scored ? 0 : texts);
        lastNanos = now;
    }

    /** Says that the source has given another text. */
    static void sent() {
        lastSentMillis = System.currentTimeMillis();
    }

    /** When the source gave its last text, in milliseconds since the epoch. */
    static long lastSentMillis() {
        return lastSentMillis;
    }

    static long scored() {
        return COUNT.get() - UNSCORED.get();
    }

    static double perSecond() {
        return (COUNT.get() - warmUp) / ((lastNanos - beginNanos) / 1e9);
    }
}
