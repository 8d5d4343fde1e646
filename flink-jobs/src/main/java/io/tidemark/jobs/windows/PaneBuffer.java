package io.tidemark.jobs.windows;

import io.tidemark.jobs.measures.MeasureAccumulator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * The increments of one pane, by level and slice. They are only collected here, without a copy, and merged in one
 * accumulator when the pane is handed on.
 */
final class PaneBuffer {

    private final List<Map<String, List<byte[]>>> byLevel = new ArrayList<>();

    PaneBuffer(int levels) {
        for (int i = 0; i < levels; i++) {
            byLevel.add(new HashMap<>());
        }
    }

    void add(int level, String slice, byte[] measures) {
        byLevel.get(level).computeIfAbsent(slice, unused -> new ArrayList<>(1)).add(measures);
    }

    /** Hands out the merged slices of a level. */
    void merge(int level, MeasureAccumulator scratch, BiConsumer<String, byte[]> target) {
        byLevel.get(level).forEach((slice, parts) -> target.accept(slice, sum(parts, scratch)));
    }

    private static byte[] sum(List<byte[]> parts, MeasureAccumulator scratch) {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        scratch.clear();
        for (byte[] part : parts) {
            scratch.add(part, 0, part.length);
        }
        return scratch.encode();
    }
}
