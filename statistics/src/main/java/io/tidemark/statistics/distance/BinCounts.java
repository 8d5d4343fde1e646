package io.tidemark.statistics.distance;

import io.tidemark.statistics.error.InputChecks;
import java.util.Arrays;

/**
 * Counts of one side over fixed bins: the mergeable state of every {@link BinnedDistance}.
 *
 * @param counts number of events in each bin, each at least 0
 */
@SuppressWarnings("ArrayRecordComponent") // arrays store and merge fast; equality is by content
public record BinCounts(long[] counts) {

    public BinCounts {
        InputChecks.counts("counts", counts);
    }

    /** The neutral element of {@link #merge} for a number of bins. */
    public static BinCounts empty(int bins) {
        return new BinCounts(new long[bins]);
    }

    /** These counts with one more event in a bin. */
    public BinCounts plus(int bin) {
        long[] sum = counts.clone();
        sum[bin] = Math.addExact(sum[bin], 1);
        return new BinCounts(sum);
    }

    /**
     * The counts of both samples together; exact.
     *
     * @throws io.tidemark.statistics.error.StatisticsException LENGTH_MISMATCH when the numbers of bins differ
     */
    public BinCounts merge(BinCounts other) {
        InputChecks.sameLength("left counts", counts.length, "right counts", other.counts.length);
        long[] sum = new long[counts.length];
        Arrays.setAll(sum, bin -> Math.addExact(counts[bin], other.counts[bin]));
        return new BinCounts(sum);
    }

    /** Number of events. */
    public long total() {
        return Arrays.stream(counts).sum();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BinCounts that && Arrays.equals(counts, that.counts);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(counts);
    }

    @Override
    public String toString() {
        return "BinCounts" + Arrays.toString(counts);
    }
}
