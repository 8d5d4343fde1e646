package io.tidemark.jobs.windows;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * When which slice has a window to close or to finish. It lies in memory only and is built again from the windows after a
 * restore: timers of Flink would be written with every checkpoint, and took more of it than the windows themselves.
 */
final class DueWindows {

    private static final long SWEEP_MILLIS = 3_600_000;

    private final TreeMap<Long, Set<String>> slicesByTime = new TreeMap<>();

    /** One instance of each key, because a slice is entered for many times. */
    private final Map<String, String> keys = new HashMap<>();

    private long sweptMillis = Long.MIN_VALUE;

    /** Takes the slices that are due at a time. */
    interface Consumer {
        void due(String slice, long millis) throws Exception;
    }

    void add(String slice, long millis) {
        String key = keys.computeIfAbsent(slice, same -> same);
        slicesByTime.computeIfAbsent(millis, unused -> new LinkedHashSet<>()).add(key);
    }

    /** Hands out everything that is due at a watermark, in the order of time, and what is entered meanwhile. */
    void advance(long watermarkMillis, Consumer consumer) throws Exception {
        while (!slicesByTime.isEmpty() && slicesByTime.firstKey() <= watermarkMillis) {
            Map.Entry<Long, Set<String>> due = slicesByTime.pollFirstEntry();
            for (String slice : due.getValue()) {
                consumer.due(slice, due.getKey());
            }
            sweep(due.getKey());
        }
    }

    private void sweep(long millis) {
        if (millis - SWEEP_MILLIS >= sweptMillis) {
            sweptMillis = millis;
            keys.clear();
        }
    }
}
