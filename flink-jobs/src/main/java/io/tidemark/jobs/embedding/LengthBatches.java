package io.tidemark.jobs.embedding;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;

/** Cuts gathered texts into batches of like length: what a batch costs is its padded tokens. */
public final class LengthBatches {

    private LengthBatches() {}

    /**
     * Batches of the items, shortest first; those of one length keep their order.
     *
     * @param length tokens of an item
     */
    public static <T> List<List<T>> cut(List<T> items, ToIntFunction<T> length, BatchSettings settings) {
        List<T> sorted = new ArrayList<>(items);
        sorted.sort(Comparator.comparingInt(length));
        List<List<T>> batches = new ArrayList<>();
        List<T> batch = new ArrayList<>();
        for (T item : sorted) {
            // sorted: the new item is the longest of the batch
            boolean isFull = batch.size() == settings.texts()
                    || (long) (batch.size() + 1) * length.applyAsInt(item) > settings.tokens();
            if (isFull && !batch.isEmpty()) {
                batches.add(batch);
                batch = new ArrayList<>();
            }
            batch.add(item);
        }
        if (!batch.isEmpty()) {
            batches.add(batch);
        }
        return batches;
    }
}
