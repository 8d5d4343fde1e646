package io.tidemark.jobs.quality.measure;

import io.tidemark.jobs.measures.ByteReader;
import io.tidemark.jobs.measures.ByteWriter;
import io.tidemark.statistics.sampling.WeightedSums;

/**
 * Weighted sums as whole numbers, so that adding and taking back in any order ends at the same number, to the last digit.
 * Values are parts of the unit of their measure, {@link QualityMeasures#scale}. Mutable.
 *
 * <p>Resolution: 2^-30 of weights and weighted values, 2^-20 of squared weights. Room: weights up to 10,000 over days of
 * 170 million inferences.
 */
public final class FixedSums {

    /** Largest weight that is taken. */
    public static final double LARGEST_WEIGHT = 10_000;

    private static final double LINEAR = 1L << 30;
    private static final double SQUARED = 1L << 20;

    private long n;
    private long ones;
    private long weights;
    private long values;
    private long squaredWeights;
    private long squaredWeightValues;
    private long squaredWeightSquares;

    /**
     * Adds a unit, or takes it back.
     *
     * @param weight 1 / chance of being sampled, from 1 to {@link #LARGEST_WEIGHT}
     * @param part value in the unit of the measure's sums, in [-1, 1]
     * @param sign 1 to add, -1 to take back
     */
    public void add(double weight, double part, int sign) {
        double squared = weight * weight;
        n += sign;
        ones += part == 1 ? sign : 0;
        weights += sign * Math.round(weight * LINEAR);
        values += sign * Math.round(weight * part * LINEAR);
        squaredWeights += sign * Math.round(squared * SQUARED);
        squaredWeightValues += sign * Math.round(squared * part * SQUARED);
        squaredWeightSquares += sign * Math.round(squared * part * part * SQUARED);
    }

    void add(FixedSums other) {
        n += other.n;
        ones += other.ones;
        weights += other.weights;
        values += other.values;
        squaredWeights += other.squaredWeights;
        squaredWeightValues += other.squaredWeightValues;
        squaredWeightSquares += other.squaredWeightSquares;
    }

    /** Number of units. */
    public long n() {
        return n;
    }

    /** Units with the largest value: of yes and no, those that say yes. */
    long ones() {
        return ones;
    }

    boolean isEmpty() {
        return n == 0 && weights == 0 && values == 0;
    }

    /** The sums, with values in the unit of the measure. */
    public WeightedSums sums(double scale) {
        return new WeightedSums(
                n,
                weights / LINEAR,
                values / LINEAR * scale,
                squaredWeights / SQUARED,
                squaredWeightValues / SQUARED * scale,
                squaredWeightSquares / SQUARED * scale * scale);
    }

    void writeTo(ByteWriter target) {
        target.writeSigned(n);
        target.writeSigned(ones);
        target.writeSigned(weights);
        target.writeSigned(values);
        target.writeSigned(squaredWeights);
        target.writeSigned(squaredWeightValues);
        target.writeSigned(squaredWeightSquares);
    }

    static FixedSums readFrom(ByteReader source) {
        FixedSums sums = new FixedSums();
        sums.n = source.readSigned();
        sums.ones = source.readSigned();
        sums.weights = source.readSigned();
        sums.values = source.readSigned();
        sums.squaredWeights = source.readSigned();
        sums.squaredWeightValues = source.readSigned();
        sums.squaredWeightSquares = source.readSigned();
        return sums;
    }
}
