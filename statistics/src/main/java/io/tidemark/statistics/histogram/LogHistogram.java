package io.tidemark.statistics.histogram;

import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Exact counts of a sample on the {@link LogGrid}, sparse and immutable.
 *
 * @param indexes bucket indexes, strictly ascending
 * @param counts count of each bucket, positive
 */
@SuppressWarnings("ArrayRecordComponent") // arrays store and merge fast; equality is by content
public record LogHistogram(int[] indexes, long[] counts) {

    private static final LogHistogram EMPTY = new LogHistogram(new int[0], new long[0]);

    public LogHistogram {
        if (indexes.length != counts.length) {
            throw new IllegalArgumentException("%d indexes but %d counts".formatted(indexes.length, counts.length));
        }
        for (int i = 0; i < indexes.length; i++) {
            if (i > 0 && indexes[i] <= indexes[i - 1]) {
                throw new IllegalArgumentException(
                        "indexes must ascend strictly, got %d after %d".formatted(indexes[i], indexes[i - 1]));
            }
            if (counts[i] <= 0) {
                throw new IllegalArgumentException(
                        "count of bucket %d must be > 0, got %d".formatted(indexes[i], counts[i]));
            }
        }
    }

    /** The histogram of no values. */
    public static LogHistogram empty() {
        return EMPTY;
    }

    /** The histogram of the given values. */
    public static LogHistogram of(double... values) {
        TreeMap<Integer, Long> buckets = new TreeMap<>();
        for (double value : values) {
            buckets.merge(LogGrid.index(value), 1L, Long::sum);
        }
        return of(buckets);
    }

    /** The histogram with the given count in each bucket. */
    public static LogHistogram of(NavigableMap<Integer, Long> buckets) {
        int[] indexes = new int[buckets.size()];
        long[] counts = new long[buckets.size()];
        int i = 0;
        for (Map.Entry<Integer, Long> bucket : buckets.entrySet()) {
            indexes[i] = bucket.getKey();
            counts[i++] = bucket.getValue();
        }
        return new LogHistogram(indexes, counts);
    }

    /** Number of values. */
    public long count() {
        return Arrays.stream(counts).sum();
    }

    /** The histogram of both samples together. */
    public LogHistogram merge(LogHistogram other) {
        TreeMap<Integer, Long> buckets = new TreeMap<>();
        addTo(buckets);
        other.addTo(buckets);
        return of(buckets);
    }

    /**
     * Quantile by the nearest-rank rule, that is the smallest value {@code x} with {@code F(x) >= q}, as the
     * representative of its bucket; empty for an empty histogram.
     *
     * @param q in [0, 1]
     */
    public OptionalDouble quantile(double q) {
        if (!(q >= 0 && q <= 1)) {
            throw new IllegalArgumentException("q must lie in [0, 1], got " + q);
        }
        long n = count();
        if (n == 0) {
            return OptionalDouble.empty();
        }
        long rank = Math.max(1, (long) Math.ceil(q * n));
        long cumulated = 0;
        for (int i = 0; i < indexes.length; i++) {
            cumulated += counts[i];
            if (cumulated >= rank) {
                return OptionalDouble.of(LogGrid.value(indexes[i]));
            }
        }
        return OptionalDouble.of(LogGrid.value(indexes[indexes.length - 1]));
    }

    /**
     * Counts against a threshold, for alarms on exceedances; exact but for the values that share a bucket with it.
     *
     * @param threshold in the unit of the measure, a number
     */
    public ThresholdCounts countOver(double threshold) {
        int bucket = LogGrid.index(threshold);
        long over = 0;
        long near = 0;
        for (int i = 0; i < indexes.length; i++) {
            if (indexes[i] > bucket) {
                over += counts[i];
            } else if (indexes[i] == bucket) {
                near = counts[i];
            }
        }
        return new ThresholdCounts(over, near, count());
    }

    private void addTo(TreeMap<Integer, Long> buckets) {
        for (int i = 0; i < indexes.length; i++) {
            buckets.merge(indexes[i], counts[i], Math::addExact);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LogHistogram that
                && Arrays.equals(indexes, that.indexes)
                && Arrays.equals(counts, that.counts);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(indexes) + Arrays.hashCode(counts);
    }

    @Override
    public String toString() {
        return "LogHistogram" + Arrays.toString(indexes) + Arrays.toString(counts);
    }
}
