package io.tidemark.statistics.distance;

import io.tidemark.statistics.histogram.LogHistogram;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** Distances of two histograms on the log grid. The SQL functions tidemark_psi and tidemark_js give the same numbers. */
public final class HistogramDistances {

    private HistogramDistances() {}

    /** {@link PopulationStabilityIndex} over bins that hold a tenth of the baseline each; empty when either is empty. */
    public static OptionalDouble populationStabilityIndex(LogHistogram baseline, LogHistogram current) {
        if (isEmpty(baseline, current)) {
            return OptionalDouble.empty();
        }
        TenthBins bins = TenthBins.of(baseline);
        return OptionalDouble.of(new PopulationStabilityIndex().score(bins.counts(baseline), bins.counts(current)));
    }

    /** {@link JensenShannon} distance, bucket by bucket; empty when either is empty. */
    public static OptionalDouble jensenShannon(LogHistogram first, LogHistogram second) {
        if (isEmpty(first, second)) {
            return OptionalDouble.empty();
        }
        int[] buckets = IntStream.concat(IntStream.of(first.indexes()), IntStream.of(second.indexes()))
                .sorted()
                .distinct()
                .toArray();
        return OptionalDouble.of(new JensenShannon().score(countsIn(buckets, first), countsIn(buckets, second)));
    }

    private static boolean isEmpty(LogHistogram first, LogHistogram second) {
        return first.count() == 0 || second.count() == 0;
    }

    private static long[] countsIn(int[] buckets, LogHistogram histogram) {
        long[] counts = new long[buckets.length];
        int at = 0;
        for (int i = 0; i < histogram.indexes().length; i++) {
            while (buckets[at] < histogram.indexes()[i]) {
                at++;
            }
            counts[at] = histogram.counts()[i];
        }
        return counts;
    }
}
