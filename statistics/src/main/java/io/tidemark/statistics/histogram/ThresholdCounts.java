package io.tidemark.statistics.histogram;

import io.tidemark.statistics.error.InputChecks;

/**
 * How many values of a histogram lie over a threshold; mergeable over histograms that use the same threshold.
 *
 * @param over values in buckets wholly above the threshold
 * @param near values in the bucket of the threshold, which are within 2 % of it (or, like it, zero, negative or overflow)
 * @param total all values
 */
public record ThresholdCounts(long over, long near, long total) {

    /** The neutral element of {@link #merge}. */
    public static final ThresholdCounts NONE = new ThresholdCounts(0, 0, 0);

    public ThresholdCounts {
        InputChecks.count("over", over);
        InputChecks.count("near", near);
        InputChecks.partOf("over + near", Math.addExact(over, near), "total", total);
    }

    /** The counts of both samples together; exact. */
    public ThresholdCounts merge(ThresholdCounts other) {
        return new ThresholdCounts(
                Math.addExact(over, other.over), Math.addExact(near, other.near), Math.addExact(total, other.total));
    }
}
