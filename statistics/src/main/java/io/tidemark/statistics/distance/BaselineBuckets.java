package io.tidemark.statistics.distance;

import io.tidemark.statistics.error.ErrorCode;
import io.tidemark.statistics.error.InputChecks;
import io.tidemark.statistics.error.StatisticsException;
import io.tidemark.statistics.histogram.LogHistogram;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Bins that follow a frozen baseline, each a run of buckets of the {@link io.tidemark.statistics.histogram.LogGrid}: any histogram regroups to them
 * exactly. In each inner bin the baseline holds about the same mass. Two outer bins take what lies below and above
 * everything the baseline has seen, and one more takes missing values.
 *
 * <p>Bin 0 is below {@code starts[0]}, bin {@code i} runs from {@code starts[i-1]} to just under {@code starts[i]}, the
 * last inner bin ends with bucket {@code last}; then come "above" and "missing". The outer bins are rare by construction:
 * pass counts through {@link RarePooling} before a test.
 *
 * @param starts first bucket of each inner bin, strictly ascending
 * @param last last bucket of the last inner bin
 */
@SuppressWarnings("ArrayRecordComponent") // arrays store and merge fast; equality is by content
public record BaselineBuckets(int[] starts, int last) {

    public BaselineBuckets {
        InputChecks.atLeast("number of inner bins", starts.length, 1);
        boolean ascending = IntStream.range(1, starts.length).allMatch(i -> starts[i] > starts[i - 1]);
        if (!ascending || last < starts[starts.length - 1]) {
            throw new StatisticsException(
                    ErrorCode.OUT_OF_RANGE,
                    "buckets must ascend, got starts %s and last %d".formatted(Arrays.toString(starts), last));
        }
    }

    /**
     * Bins at the quantiles of a baseline.
     *
     * @param baseline at least one value
     * @param bins wished number of inner bins, at least 1; a baseline of few distinct buckets gives fewer
     * @throws StatisticsException INSUFFICIENT_DATA for an empty baseline, OUT_OF_RANGE
     */
    public static BaselineBuckets ofQuantiles(LogHistogram baseline, int bins) {
        InputChecks.between("bins", bins, 1, Integer.MAX_VALUE);
        InputChecks.positiveTotal("baseline", baseline.count());
        int[] indexes = baseline.indexes();
        double share = (double) baseline.count() / bins;
        int[] starts = new int[Math.min(bins, indexes.length)];
        int found = 0;
        long below = 0;
        for (int i = 0; i < indexes.length && found < starts.length; i++) {
            if (below >= found * share) {
                starts[found++] = indexes[i];
            }
            below += baseline.counts()[i];
        }
        return new BaselineBuckets(Arrays.copyOf(starts, found), indexes[indexes.length - 1]);
    }

    /** Number of bins: the inner ones, below, above and missing. */
    public int size() {
        return starts.length + 3;
    }

    /**
     * Counts of a sample in these bins; exact, so that regrouping and merging may be swapped.
     *
     * @param histogram of the known values
     * @param missing number of unknown values, at least 0
     * @throws StatisticsException NEGATIVE_COUNT
     */
    public BinCounts regroup(LogHistogram histogram, long missing) {
        InputChecks.count("missing", missing);
        long[] counts = new long[size()];
        for (int i = 0; i < histogram.indexes().length; i++) {
            counts[binOf(histogram.indexes()[i])] += histogram.counts()[i];
        }
        counts[size() - 1] = missing;
        return new BinCounts(counts);
    }

    private int binOf(int bucket) {
        if (bucket > last) {
            return size() - 2;
        }
        int position = Arrays.binarySearch(starts, bucket);
        return position >= 0 ? position + 1 : -position - 1;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BaselineBuckets that && last == that.last && Arrays.equals(starts, that.starts);
    }

    @Override
    public int hashCode() {
        return 31 * last + Arrays.hashCode(starts);
    }

    @Override
    public String toString() {
        return "BaselineBuckets[starts=%s, last=%d]".formatted(Arrays.toString(starts), last);
    }
}
