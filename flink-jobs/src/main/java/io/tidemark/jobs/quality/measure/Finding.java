package io.tidemark.jobs.quality.measure;

import io.tidemark.statistics.sampling.WeightedSums;

/**
 * What is known of one measure.
 *
 * @param measure name
 * @param n sampled units
 * @param estimate weighted estimate; NaN when it is not defined
 * @param lower lower end of the 95 % interval; NaN without one
 * @param upper upper end
 * @param standardError of the estimate; NaN without one
 * @param total estimated sum over all units; NaN where a sum makes no sense
 * @param sums what a mean is computed from; null for other measures
 */
public record Finding(
        String measure,
        long n,
        double estimate,
        double lower,
        double upper,
        double standardError,
        double total,
        WeightedSums sums) {

    static Finding of(String measure, long n, double estimate) {
        return new Finding(measure, n, estimate, Double.NaN, Double.NaN, Double.NaN, Double.NaN, null);
    }
}
