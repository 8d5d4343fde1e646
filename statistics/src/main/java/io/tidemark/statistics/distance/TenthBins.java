package io.tidemark.statistics.distance;

import io.tidemark.statistics.error.InputChecks;
import io.tidemark.statistics.histogram.LogHistogram;
import java.util.Arrays;

/**
 * Bins of a log histogram that split a baseline into tenths, as {@code tidemark_psi} does in SQL. Cut {@code k} is the
 * smallest bucket at which the cumulative count reaches {@code k} tenths of the baseline; equal cuts collapse. A bucket
 * belongs to the bin whose number is the number of cuts below it.
 */
final class TenthBins {

    private static final int TENTHS = 10;

    private final int[] cuts;

    private TenthBins(int[] cuts) {
        this.cuts = cuts;
    }

    /** Bins of a baseline of at least one value. */
    static TenthBins of(LogHistogram baseline) {
        long n = baseline.count();
        InputChecks.positiveTotal("baseline", n);
        int[] cuts = new int[TENTHS - 1];
        int bucket = 0;
        long cumulated = baseline.counts()[0];
        for (int k = 1; k < TENTHS; k++) {
            while (cumulated * TENTHS < k * n) {
                cumulated += baseline.counts()[++bucket];
            }
            cuts[k - 1] = baseline.indexes()[bucket];
        }
        return new TenthBins(Arrays.stream(cuts).distinct().toArray());
    }

    /** Count of a histogram in each bin. */
    long[] counts(LogHistogram histogram) {
        long[] counts = new long[cuts.length + 1];
        int bin = 0;
        for (int i = 0; i < histogram.indexes().length; i++) {
            while (bin < cuts.length && cuts[bin] < histogram.indexes()[i]) {
                bin++;
            }
            counts[bin] += histogram.counts()[i];
        }
        return counts;
    }
}
