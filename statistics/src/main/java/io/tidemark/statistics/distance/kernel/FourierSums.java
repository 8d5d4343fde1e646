package io.tidemark.statistics.distance.kernel;

import io.tidemark.statistics.error.InputChecks;
import java.util.Arrays;

/**
 * Number of vectors and the sum of their random Fourier features: the mergeable state of {@link FourierDiscrepancy}.
 *
 * @param count number of vectors, at least 0
 * @param sums sum of {@code z} over the vectors, {@code 2 D} numbers
 */
@SuppressWarnings("ArrayRecordComponent") // arrays store and merge fast; equality is by content
public record FourierSums(long count, double[] sums) {

    public FourierSums {
        InputChecks.count("count", count);
        InputChecks.finite("sums", sums);
    }

    /** The neutral element of {@link #merge} for some features. */
    public static FourierSums empty(RandomFourierFeatures features) {
        return new FourierSums(0, new double[2 * features.features()]);
    }

    /** The sums over all vectors of a sample; errors as {@link RandomFourierFeatures#map}. */
    public static FourierSums of(RandomFourierFeatures features, double[][] vectors) {
        double[] sums = new double[2 * features.features()];
        for (double[] vector : vectors) {
            add(sums, features.map(vector));
        }
        return new FourierSums(vectors.length, sums);
    }

    /** These sums with one more vector, given by its features. */
    public FourierSums plus(double[] mapped) {
        return merge(new FourierSums(1, mapped));
    }

    /**
     * The sums of both samples together; the order matters only in the last digits.
     *
     * @throws io.tidemark.statistics.error.StatisticsException LENGTH_MISMATCH when the features differ in number
     */
    public FourierSums merge(FourierSums other) {
        InputChecks.sameLength("left sums", sums.length, "right sums", other.sums.length);
        double[] merged = sums.clone();
        add(merged, other.sums);
        return new FourierSums(Math.addExact(count, other.count), merged);
    }

    private static void add(double[] target, double[] addend) {
        for (int i = 0; i < target.length; i++) {
            target[i] += addend[i];
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FourierSums that && count == that.count && Arrays.equals(sums, that.sums);
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(count) + Arrays.hashCode(sums);
    }

    @Override
    public String toString() {
        return "FourierSums[count=%d, sums=%d numbers]".formatted(count, sums.length);
    }
}
