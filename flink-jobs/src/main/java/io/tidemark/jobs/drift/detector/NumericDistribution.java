package io.tidemark.jobs.drift.detector;

import io.tidemark.contracts.avro.DriftShare;
import io.tidemark.jobs.drift.Comparison;
import io.tidemark.jobs.drift.profile.MeasureLayout;
import io.tidemark.statistics.distance.RarePooling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Numbers, in bins of about equal mass in the baseline of the slice.
 * The bins are runs of the frozen bins of the measure, which all slices share: 10 of them, 20 when the window holds at least 1,000 values.
 */
final class NumericDistribution extends Distribution {

    private static final int BINS = 10;
    private static final int FINE_BINS = 20;
    private static final int FINE_FROM = 1_000;

    @Override
    public String id() {
        return "numeric-distribution";
    }

    @Override
    public boolean appliesTo(MeasureLayout measure) {
        return !measure.isCategorical();
    }

    @Override
    public Comparison compare(MeasureLayout measure, long[] baseline, long[] current) {
        int[] runs = runs(baseline, Arrays.stream(current).sum());
        return compare(RarePooling.pool(sums(baseline, runs), sums(current, runs)));
    }

    @Override
    public List<DriftShare> shares(MeasureLayout measure, long[] baseline, long[] current) {
        int[] runs = runs(baseline, Arrays.stream(current).sum());
        List<String> names = new ArrayList<>();
        for (int run = 0; run + 1 < runs.length; run++) {
            names.add(measure.placesName(runs[run], runs[run + 1] - 1));
        }
        return shares(names, sums(baseline, runs), sums(current, runs));
    }

    /** Where each run of bins begins, and the end of the last; chosen by the baseline alone, so that the law holds. */
    private static int[] runs(long[] baseline, long currentTotal) {
        int wished = currentTotal >= FINE_FROM ? FINE_BINS : BINS;
        double share = Arrays.stream(baseline).sum() / (double) wished;
        int[] starts = new int[baseline.length + 1];
        int found = 1;
        double inRun = 0;
        for (int bin = 0; bin < baseline.length - 1; bin++) {
            inRun += baseline[bin];
            if (inRun >= share) {
                starts[found++] = bin + 1;
                inRun = 0;
            }
        }
        starts[found++] = baseline.length;
        return Arrays.copyOf(starts, found);
    }

    private static long[] sums(long[] counts, int[] runs) {
        long[] sums = new long[runs.length - 1];
        for (int run = 0; run < sums.length; run++) {
            for (int bin = runs[run]; bin < runs[run + 1]; bin++) {
                sums[run] += counts[bin];
            }
        }
        return sums;
    }
}
