package io.tidemark.statistics.distance;

import io.tidemark.statistics.law.ChiSquare;

/**
 * What the population stability index finds.
 *
 * @param psi the index, in nats, at least 0
 * @param effectiveBins number of bins that hold an event on at least one side
 * @param nullScale {@code 1/n + 1/m}: under the null hypothesis {@code psi / nullScale} is chi-square with
 *     {@code effectiveBins - 1} degrees of freedom
 */
public record PopulationStability(double psi, int effectiveBins, double nullScale) {

    /** Degrees of freedom of the null law. */
    public int degreesOfFreedom() {
        return effectiveBins - 1;
    }

    /** Mean of the index when nothing has changed. */
    public double nullMean() {
        return degreesOfFreedom() * nullScale;
    }

    /** The index without the part that chance adds, at least 0: the size of the drift. */
    public double biasAdjusted() {
        return Math.max(0, psi - nullMean());
    }

    /** Probability of an index at least as large when nothing has changed; 1 with a single bin. */
    public double pValue() {
        return ChiSquare.survival(degreesOfFreedom(), psi / nullScale);
    }

    /** The index that is exceeded with the given probability when nothing has changed; 0 with a single bin. */
    public double criticalValue(double level) {
        return ChiSquare.upperQuantile(degreesOfFreedom(), level) * nullScale;
    }
}
