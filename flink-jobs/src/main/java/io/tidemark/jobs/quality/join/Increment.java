package io.tidemark.jobs.quality.join;

import io.tidemark.jobs.quality.measure.Cohort;

/**
 * One unit more, or one less, in a measure.
 *
 * @param slice text of the finest slice
 * @param groups fairness features, as in {@link Prediction}
 * @param dayMillis start of the day of the inference, milliseconds since the epoch
 * @param observedMillis when it became known, milliseconds since the epoch
 * @param measure measure
 * @param category class, judge or reason; empty without one
 * @param ageDays label age that it counts for; 0 for what is known with the inference
 * @param unit inference or session
 * @param bin bin of a table; {@link Cohort#MEAN} for a mean
 * @param weight 1 / chance of being sampled
 * @param part value in the unit of the measure's sums
 * @param sign 1 for one more, -1 for one less
 */
public record Increment(
        String slice,
        String groups,
        long dayMillis,
        long observedMillis,
        String measure,
        String category,
        int ageDays,
        String unit,
        int bin,
        double weight,
        double part,
        int sign) {

    /** Unit of most measures. */
    public static final String INFERENCE = "inference";

    /** Unit of what was said about whole sessions. */
    public static final String SESSION = "session";
}
