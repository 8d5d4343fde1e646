package io.tidemark.statistics.distance.kernel;

import io.tidemark.statistics.error.InputChecks;
import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;

/**
 * Random Fourier features of the Gaussian kernel: a map {@code z} into {@code 2 D} numbers with {@code |z(x)| = 1} and
 * {@code z(x).z(y) ~ exp(-|x - y|^2 / (2 sigma^2))}, so that sums of {@code z} are enough for the MMD.
 *
 * <p>{@code z(x) = [cos Wx, sin Wx] / sqrt(D)}, rows of {@code W} normal with variance {@code 1 / sigma^2}.
 *
 * <p>A. Rahimi, B. Recht, "Random features for large-scale kernel machines", NIPS 2007. Differs from the paper: cosine
 * and sine of each frequency instead of one cosine with a random phase, so that {@code |z| = 1} exactly.
 *
 * <p>The frequencies are part of the baseline: sums made with other frequencies must not be compared. A changed embedding
 * model means a new baseline, never drift.
 *
 * @param dimension length of the vectors, at least 1
 * @param byCoordinate the frequencies, those that multiply the first coordinate first: {@code dimension} rows of
 *     {@code D} numbers, in the inverse unit of the vectors
 */
@SuppressWarnings("ArrayRecordComponent") // arrays store and merge fast; equality is by content
public record RandomFourierFeatures(int dimension, double[] byCoordinate) {

    /** Coordinates that one pass over the projections takes together; four halves the traffic to memory. */
    private static final int BLOCK = 4;

    public RandomFourierFeatures {
        InputChecks.atLeast("dimension", dimension, 1);
        InputChecks.atLeast("frequencies", byCoordinate.length, dimension);
        InputChecks.sameLength("frequencies", byCoordinate.length % dimension, "a whole number of rows", 0);
        InputChecks.finite("frequencies", byCoordinate);
    }

    /**
     * Draws the frequencies. The same arguments give the same frequencies on every machine.
     *
     * @param dimension length of the vectors, at least 1
     * @param features D, at least 1; a vector maps to twice as many numbers
     * @param bandwidth sigma, in the unit of the vectors, see {@link MedianBandwidth}
     * @param seed kept with the baseline
     * @throws io.tidemark.statistics.error.StatisticsException NON_FINITE_INPUT, OUT_OF_RANGE, INSUFFICIENT_DATA
     */
    public static RandomFourierFeatures draw(int dimension, int features, double bandwidth, long seed) {
        InputChecks.positive("bandwidth", bandwidth);
        InputChecks.atLeast("features", features, 1);
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
        ZigguratSampler.NormalizedGaussian normal = ZigguratSampler.NormalizedGaussian.of(random);
        double[] frequencies = new double[dimension * features];
        Arrays.setAll(frequencies, i -> normal.sample() / bandwidth);
        return new RandomFourierFeatures(dimension, frequencies);
    }

    /**
     * Draws frequencies whose directions are orthogonal, as many as the dimension at a time, with lengths as of
     * {@link #draw}: with them the discrepancy lies closer to that of the kernel itself, at the same cost.
     *
     * <p>F. X. Yu, A. T. Suresh, K. Choromanski, D. Holtmann-Rice, S. Kumar, "Orthogonal random features", NIPS 2016.
     * Differs from the paper: nothing.
     *
     * @param dimension length of the vectors, at least 1
     * @param features D, at least 1; a vector maps to twice as many numbers
     * @param bandwidth sigma, in the unit of the vectors
     * @param seed kept with the baseline
     * @throws io.tidemark.statistics.error.StatisticsException NON_FINITE_INPUT, OUT_OF_RANGE, INSUFFICIENT_DATA
     */
    public static RandomFourierFeatures drawOrthogonal(int dimension, int features, double bandwidth, long seed) {
        RandomFourierFeatures drawn = draw(dimension, features, bandwidth, seed);
        double[] frequencies = drawn.byCoordinate.clone();
        for (int first = 0; first < features; first += dimension) {
            orthogonalise(frequencies, dimension, features, first, Math.min(features, first + dimension));
        }
        return new RandomFourierFeatures(dimension, frequencies);
    }

    /** Gram-Schmidt over the frequencies of one block, each of which keeps its length. */
    private static void orthogonalise(double[] frequencies, int dimension, int features, int first, int last) {
        for (int k = first; k < last; k++) {
            double length = Math.sqrt(product(frequencies, dimension, features, k, k));
            for (int pass = 0; pass < 2; pass++) { // the second pass removes what rounding left of the first
                for (int earlier = first; earlier < k; earlier++) {
                    double share = product(frequencies, dimension, features, k, earlier)
                            / product(frequencies, dimension, features, earlier, earlier);
                    for (int i = 0; i < dimension; i++) {
                        frequencies[i * features + k] -= share * frequencies[i * features + earlier];
                    }
                }
            }
            double left = Math.sqrt(product(frequencies, dimension, features, k, k));
            for (int i = 0; i < dimension; i++) {
                frequencies[i * features + k] *= length / left;
            }
        }
    }

    private static double product(double[] frequencies, int dimension, int features, int left, int right) {
        double sum = 0;
        for (int i = 0; i < dimension; i++) {
            sum += frequencies[i * features + left] * frequencies[i * features + right];
        }
        return sum;
    }

    /**
     * Features with given frequencies.
     *
     * @param rows one row of W for each frequency, all as long as the vectors
     * @throws io.tidemark.statistics.error.StatisticsException NON_FINITE_INPUT, LENGTH_MISMATCH, INSUFFICIENT_DATA
     */
    public static RandomFourierFeatures of(double[][] rows) {
        InputChecks.atLeast("frequencies", rows.length, 1);
        int dimension = rows[0].length;
        double[] byCoordinate = new double[dimension * rows.length];
        for (int row = 0; row < rows.length; row++) {
            InputChecks.sameLength("frequency row", rows[row].length, "first row", dimension);
            for (int i = 0; i < dimension; i++) {
                byCoordinate[i * rows.length + row] = rows[row][i];
            }
        }
        return new RandomFourierFeatures(dimension, byCoordinate);
    }

    /** D: number of frequencies. */
    public int features() {
        return byCoordinate.length / dimension;
    }

    /**
     * {@code z(vector)}: the cosines, then the sines.
     *
     * @throws io.tidemark.statistics.error.StatisticsException NON_FINITE_INPUT, LENGTH_MISMATCH
     */
    public double[] map(double[] vector) {
        InputChecks.finite("vector", vector);
        InputChecks.sameLength("vector", vector.length, "frequencies", dimension);
        double[] projections = project(vector);
        int features = projections.length;
        double scale = 1 / Math.sqrt(features);
        double[] mapped = new double[2 * features];
        for (int k = 0; k < features; k++) {
            mapped[k] = Math.cos(projections[k]) * scale;
            mapped[features + k] = Math.sin(projections[k]) * scale;
        }
        return mapped;
    }

    /** The products of the vector with all frequencies, coordinate by coordinate: the inner loops run over D. */
    private double[] project(double[] vector) {
        double[] sums = new double[features()];
        int blocked = dimension - dimension % BLOCK;
        for (int i = 0; i < blocked; i += BLOCK) {
            addBlock(sums, vector, i);
        }
        for (int i = blocked; i < dimension; i++) {
            addRow(sums, vector[i], i * sums.length);
        }
        return sums;
    }

    private void addBlock(double[] sums, double[] vector, int i) {
        double[] frequencies = byCoordinate;
        double x0 = vector[i];
        double x1 = vector[i + 1];
        double x2 = vector[i + 2];
        double x3 = vector[i + 3];
        int row0 = i * sums.length;
        int row1 = row0 + sums.length;
        int row2 = row1 + sums.length;
        int row3 = row2 + sums.length;
        for (int k = 0; k < sums.length; k++) {
            sums[k] += x0 * frequencies[row0 + k]
                    + x1 * frequencies[row1 + k]
                    + x2 * frequencies[row2 + k]
                    + x3 * frequencies[row3 + k];
        }
    }

    private void addRow(double[] sums, double x, int row) {
        for (int k = 0; k < sums.length; k++) {
            sums[k] += x * byCoordinate[row + k];
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RandomFourierFeatures that
                && dimension == that.dimension
                && Arrays.equals(byCoordinate, that.byCoordinate);
    }

    @Override
    public int hashCode() {
        return 31 * dimension + Arrays.hashCode(byCoordinate);
    }

    @Override
    public String toString() {
        return "RandomFourierFeatures[dimension=%d, features=%d]".formatted(dimension, features());
    }
}
