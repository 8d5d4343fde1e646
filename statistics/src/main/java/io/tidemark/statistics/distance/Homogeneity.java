package io.tidemark.statistics.distance;

import io.tidemark.statistics.law.ChiSquare;

/**
 * What a test of homogeneity finds.
 *
 * @param chiSquare the statistic, at least 0
 * @param degreesOfFreedom of its null law, at least 0
 * @param events number of events of both sides together
 */
public record Homogeneity(double chiSquare, int degreesOfFreedom, double events) {

    /** Probability of a statistic at least as large when both sides have the same shares; 1 with one category. */
    public double pValue() {
        return ChiSquare.survival(degreesOfFreedom, chiSquare);
    }

    /** Size of the association in [0, 1], free of the number of events. */
    public double cramersV() {
        return Math.sqrt(chiSquare / events);
    }
}
