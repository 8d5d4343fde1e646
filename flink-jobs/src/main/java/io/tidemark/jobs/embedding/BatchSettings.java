package io.tidemark.jobs.embedding;

import java.io.Serializable;
import java.time.Duration;

/**
 * How texts are put together into batches.
 *
 * @param window texts that are gathered and sorted by length before batches are cut, at least 1
 * @param texts most texts of a batch, at least 1
 * @param tokens most tokens of a batch, padding included; a longer text is a batch by itself
 * @param linger longest time that a text waits for others
 * @param inFlight most batches at the backend at once, at least 1
 * @param timeout longest time that a batch may take, retries included; then its texts count as unscored
 * @param attempts most attempts for a batch, at least 1
 */
public record BatchSettings(
        int window, int texts, int tokens, Duration linger, int inFlight, Duration timeout, int attempts)
        implements Serializable {

    /** For processors: batches beyond a few thousand tokens are slower there. */
    public static final BatchSettings FOR_PROCESSORS =
            new BatchSettings(256, 32, 2_048, Duration.ofMillis(50), 2, Duration.ofSeconds(60), 3);

    public BatchSettings {
        if (window < 1 || texts < 1 || tokens < 1 || inFlight < 1 || attempts < 1) {
            throw new IllegalArgumentException(
                    "window, texts, tokens, inFlight and attempts must be at least 1, got %d, %d, %d, %d and %d"
                            .formatted(window, texts, tokens, inFlight, attempts));
        }
    }
}
