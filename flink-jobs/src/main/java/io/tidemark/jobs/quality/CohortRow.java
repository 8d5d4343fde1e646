package io.tidemark.jobs.quality;

import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * One measure of one cohort as it was known at one time. Doubles are NaN where they are unknown.
 *
 * @param slice text of the slice
 * @param cohort text of the cohort's name
 * @param measure measure; a table has several
 * @param asOfMillis what was known before this time counts
 * @param isFinal whether every label of this age has had its time
 * @param suppressed whether the cell is too small to be shown
 * @param n sampled units that the measure is known of
 * @param estimate weighted estimate
 * @param lower lower end of the 95 % interval
 * @param upper upper end
 * @param standardError of the estimate
 * @param total estimated sum over all units
 * @param weights sum of weights
 * @param values sum of weight times value
 * @param squaredWeights sum of squared weights
 * @param squaredWeightValues sum of squared weight times value
 * @param squaredWeightSquares sum of squared weight times squared value
 * @param population sampled units of the day
 * @param populationEstimate estimated number of all units of the day
 * @param coverage estimated share of units that the measure is known of
 */
public record CohortRow(
        String slice,
        String cohort,
        String measure,
        long asOfMillis,
        boolean isFinal,
        boolean suppressed,
        long n,
        double estimate,
        double lower,
        double upper,
        double standardError,
        double total,
        double weights,
        double values,
        double squaredWeights,
        double squaredWeightValues,
        double squaredWeightSquares,
        long population,
        double populationEstimate,
        double coverage) {

    /** Type information for Flink. */
    public static final TypeInformation<CohortRow> TYPE = TypeInformation.of(CohortRow.class);
}
