package io.tidemark.jobs.drift;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * The windows in which drift is looked for. Each is a multiple of the shortest, and all begin at the same origin.
 *
 * @param seconds lengths, ascending
 * @param originMillis a time at which windows begin, milliseconds since the epoch
 */
public record DriftWindows(List<Integer> seconds, long originMillis) implements Serializable {

    private static final long MILLIS = 1_000;

    public DriftWindows {
        seconds = seconds.stream().sorted().distinct().toList();
        if (seconds.isEmpty() || seconds.get(0) <= 0) {
            throw new IllegalArgumentException("drift.windows = '%s' must name positive lengths".formatted(seconds));
        }
        int shortest = seconds.get(0);
        for (int length : seconds) {
            if (length % shortest != 0) {
                throw new IllegalArgumentException("drift.windows: %s is no multiple of the shortest window, %s"
                        .formatted(Duration.ofSeconds(length), Duration.ofSeconds(shortest)));
            }
        }
    }

    /** Length of the shortest window in milliseconds. */
    public long shortestMillis() {
        return seconds.get(0) * MILLIS;
    }

    /** Start of the window of a length that a time lies in. */
    public long startOf(int length, long millis) {
        long size = length * MILLIS;
        return originMillis + Math.floorDiv(millis - originMillis, size) * size;
    }
}
