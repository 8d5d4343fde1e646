package io.tidemark.statistics.distance.kernel;

import io.tidemark.statistics.error.InputChecks;
import io.tidemark.statistics.law.ChiSquare;

/**
 * Law of the unbiased squared maximum mean discrepancy when nothing has changed: a shifted and scaled chi-square of mean
 * 0.
 *
 * @param degreesOfFreedom nu, positive, not whole
 * @param standardDeviation of the discrepancy, positive
 */
public record DiscrepancyNull(double degreesOfFreedom, double standardDeviation) {

    /**
     * Probability of a discrepancy at least as large.
     *
     * @throws io.tidemark.statistics.error.StatisticsException NON_FINITE_INPUT
     */
    public double pValue(double discrepancy) {
        InputChecks.finite("mmd2", discrepancy);
        double spread = Math.sqrt(2 * degreesOfFreedom);
        return ChiSquare.survival(degreesOfFreedom, degreesOfFreedom + spread * discrepancy / standardDeviation);
    }

    /** The discrepancy that is exceeded with probability {@code level}, which lies in (0, 1). */
    public double criticalValue(double level) {
        double quantile = ChiSquare.upperQuantile(degreesOfFreedom, level);
        return (quantile - degreesOfFreedom) / Math.sqrt(2 * degreesOfFreedom) * standardDeviation;
    }
}
