package io.tidemark.statistics.distance;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Pools rare categories (or bins) into one, "other", until every expected count of a test of homogeneity is large enough for its
 * chi-square law. The choice looks only at the sums of both sides, never at their difference, so that it keeps the level
 * of the test.
 *
 * <p>W. G. Cochran, "Some methods for strengthening the common chi-square tests", Biometrics 10(4), 1954,
 * doi:10.2307/3001616. Differs from the paper: every expected count must reach the minimum, not 80 % of them.
 */
public final class RarePooling {

    /** Smallest expected count at which the chi-square law is taken to hold. */
    public static final double MINIMUM_EXPECTED = 5;

    private RarePooling() {}

    /**
     * The two sides with rare categories pooled.
     *
     * @throws io.tidemark.statistics.error.StatisticsException as {@link AlignedBins#of(long[], long[])}
     */
    public static AlignedBins pool(long[] baseline, long[] current) {
        AlignedBins bins = AlignedBins.of(baseline, current);
        double smallerSide = Math.min(bins.baselineTotal(), bins.currentTotal());
        double minimum = MINIMUM_EXPECTED * (bins.baselineTotal() + bins.currentTotal()) / smallerSide;
        Integer[] rarestFirst = IntStream.range(0, baseline.length)
                .boxed()
                .sorted(Comparator.comparingLong(category -> baseline[category] + current[category]))
                .toArray(Integer[]::new);
        return merged(baseline, current, rarestFirst, pooledCategories(baseline, current, rarestFirst, minimum));
    }

    /** How many of the rarest categories are pooled: those under the minimum, and more until "other" reaches it. */
    private static int pooledCategories(long[] baseline, long[] current, Integer[] rarestFirst, double minimum) {
        double other = 0;
        int pooled = 0;
        while (pooled < rarestFirst.length) {
            long category = baseline[rarestFirst[pooled]] + current[rarestFirst[pooled]];
            if (category >= minimum && (other == 0 || other >= minimum)) {
                break;
            }
            other += category;
            pooled++;
        }
        return pooled;
    }

    private static AlignedBins merged(long[] baseline, long[] current, Integer[] rarestFirst, int pooled) {
        return AlignedBins.of(merged(baseline, rarestFirst, pooled), merged(current, rarestFirst, pooled));
    }

    private static long[] merged(long[] counts, Integer[] rarestFirst, int pooled) {
        long[] merged = new long[rarestFirst.length - pooled + 1];
        for (int i = 0; i < pooled; i++) {
            merged[0] += counts[rarestFirst[i]];
        }
        for (int i = pooled; i < rarestFirst.length; i++) {
            merged[i - pooled + 1] = counts[rarestFirst[i]];
        }
        return merged;
    }
}
