package io.tidemark.statistics.sampling;

import io.tidemark.statistics.error.InputChecks;

/**
 * Sums over sampled units with values {@code y} and weights {@code w} = 1 / chance of being sampled: the mergeable state of
 * {@link WeightedEstimate}.
 *
 * @param n sampled units
 * @param weights {@code sum(w)}
 * @param values {@code sum(w y)}
 * @param squaredWeights {@code sum(w^2)}
 * @param squaredWeightValues {@code sum(w^2 y)}
 * @param squaredWeightSquares {@code sum(w^2 y^2)}
 * @throws io.tidemark.statistics.error.StatisticsException NON_FINITE_INPUT, NEGATIVE_COUNT, or OUT_OF_RANGE for weights
 *     below 0
 */
public record WeightedSums(
        long n,
        double weights,
        double values,
        double squaredWeights,
        double squaredWeightValues,
        double squaredWeightSquares) {

    /** The neutral element of {@link #plus(WeightedSums)}. */
    public static final WeightedSums NONE = new WeightedSums(0, 0, 0, 0, 0, 0);

    public WeightedSums {
        InputChecks.count("n", n);
        InputChecks.between("weights", weights, 0, Double.MAX_VALUE);
        InputChecks.finite("values", values);
        InputChecks.between("squaredWeights", squaredWeights, 0, Double.MAX_VALUE);
        InputChecks.finite("squaredWeightValues", squaredWeightValues);
        InputChecks.between("squaredWeightSquares", squaredWeightSquares, 0, Double.MAX_VALUE);
    }

    /** With one unit more; OUT_OF_RANGE for a weight under 1. */
    public WeightedSums plus(double weight, double value) {
        InputChecks.between("weight", weight, 1, Double.MAX_VALUE);
        double squared = weight * weight;
        return new WeightedSums(
                n + 1,
                weights + weight,
                values + weight * value,
                squaredWeights + squared,
                squaredWeightValues + squared * value,
                squaredWeightSquares + squared * value * value);
    }

    /** Both samples together. */
    public WeightedSums plus(WeightedSums other) {
        return new WeightedSums(
                Math.addExact(n, other.n),
                weights + other.weights,
                values + other.values,
                squaredWeights + other.squaredWeights,
                squaredWeightValues + other.squaredWeightValues,
                squaredWeightSquares + other.squaredWeightSquares);
    }

    /** Sum of {@code w^2 (y - point)^2}, at least 0. */
    double squaredDistances(double point) {
        return Math.max(0, squaredWeightSquares - 2 * point * squaredWeightValues + point * point * squaredWeights);
    }
}
