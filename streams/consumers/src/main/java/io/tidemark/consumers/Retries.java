package io.tidemark.consumers;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * How often something that may pass is tried, with waits that grow fourfold.
 *
 * @param attempts tries in all, at least 1
 * @param firstWait wait after the first
 */
public record Retries(int attempts, Duration firstWait) {

    private static final int GROWTH = 4;

    /** Waits after a failed attempt, from 1; ends early when the consumer is told to stop. */
    void await(int attempt, CountDownLatch stopped) {
        long millis = firstWait.toMillis();
        for (int each = 1; each < attempt; each++) {
            millis *= GROWTH;
        }
        try {
            if (stopped.await(millis, TimeUnit.MILLISECONDS)) {
                throw new StoppedException();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoppedException();
        }
    }
}
