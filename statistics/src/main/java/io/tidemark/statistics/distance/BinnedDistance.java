package io.tidemark.statistics.distance;

/** A distance between two vectors of counts over the same bins; 0 when the shares are equal. */
public interface BinnedDistance {

    /** Stable name, as in rules and in reference vectors. */
    String id();

    /** The distance of the two sides. */
    double score(AlignedBins bins);

    /**
     * The distance of two vectors of counts.
     *
     * @param baseline count of each bin, at least 0
     * @param current count of each bin, at least 0, as long as {@code baseline}
     * @throws io.tidemark.statistics.error.StatisticsException as {@link AlignedBins#of(long[], long[])}
     */
    default double score(long[] baseline, long[] current) {
        return score(AlignedBins.of(baseline, current));
    }
}
