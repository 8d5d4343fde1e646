package io.tidemark.statistics.distance;

import io.tidemark.statistics.error.ErrorCode;
import io.tidemark.statistics.error.InputChecks;
import io.tidemark.statistics.error.StatisticsException;
import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * Bins of raw values whose edges come from a frozen baseline. Bin 0 is below the first edge, an inner bin runs from one
 * edge to just under the next (the last inner bin includes the last edge), then come "above" and "missing".
 *
 * <p>The outer bins are rare by construction, and a chi-square law needs expected counts of about 5: pass counts
 * through {@link RarePooling} before a test.
 *
 * @param edges finite, strictly ascending, at least one
 */
@SuppressWarnings("ArrayRecordComponent") // arrays store and merge fast; equality is by content
public record BaselineBins(double[] edges) {

    /** Wished number of inner bins unless a caller knows better. */
    public static final int DEFAULT_BINS = 10;

    public BaselineBins {
        InputChecks.atLeast("number of edges", edges.length, 1);
        InputChecks.finite("edges", edges);
        for (int i = 1; i < edges.length; i++) {
            if (edges[i] <= edges[i - 1]) {
                throw new StatisticsException(
                        ErrorCode.OUT_OF_RANGE,
                        "edges must ascend strictly, got %s after %s".formatted(edges[i], edges[i - 1]));
            }
        }
    }

    /**
     * Bins at the quantiles of a baseline; a baseline of few distinct values gives fewer.
     *
     * @param baseline at least one finite value
     * @param bins wished number of inner bins, at least 1
     * @throws StatisticsException NON_FINITE_INPUT, INSUFFICIENT_DATA or OUT_OF_RANGE
     */
    public static BaselineBins ofQuantiles(double[] baseline, int bins) {
        InputChecks.finite("baseline", baseline);
        InputChecks.atLeast("number of baseline values", baseline.length, 1);
        InputChecks.between("bins", bins, 1, Integer.MAX_VALUE);
        double[] sorted = baseline.clone();
        Arrays.sort(sorted);
        double[] edges = new double[bins + 1];
        for (int i = 0; i <= bins; i++) {
            edges[i] = sorted[(int) ((long) i * (sorted.length - 1) / bins)];
        }
        return new BaselineBins(Arrays.stream(edges).distinct().toArray());
    }

    /** Number of bins: the inner ones, below, above and missing. */
    public int size() {
        return Math.max(1, edges.length - 1) + 3;
    }

    /** Index of the bin of missing values. */
    public int missing() {
        return size() - 1;
    }

    /**
     * Index of the bin of a value.
     *
     * @throws StatisticsException NON_FINITE_INPUT for NaN
     */
    public int indexOf(double value) {
        if (Double.isNaN(value)) {
            throw new StatisticsException(
                    ErrorCode.NON_FINITE_INPUT, "NaN has no bin; count an unknown value in the missing bin");
        }
        double last = edges[edges.length - 1];
        if (value > last) {
            return size() - 2;
        }
        if (value == last) {
            return size() - 3;
        }
        int position = Arrays.binarySearch(edges, value);
        return position >= 0 ? position + 1 : -position - 1;
    }

    /** Counts of a sample in these bins. */
    public BinCounts count(double[] values) {
        long[] counts = new long[size()];
        for (double value : values) {
            counts[indexOf(value)]++;
        }
        return new BinCounts(counts);
    }

    /** Index of the bin of a value that may be missing. */
    public int indexOf(OptionalDouble value) {
        return value.isPresent() ? indexOf(value.getAsDouble()) : missing();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BaselineBins that && Arrays.equals(edges, that.edges);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(edges);
    }

    @Override
    public String toString() {
        return "BaselineBins" + Arrays.toString(edges);
    }
}
