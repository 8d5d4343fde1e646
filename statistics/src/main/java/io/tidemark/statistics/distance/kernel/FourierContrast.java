package io.tidemark.statistics.distance.kernel;

import io.tidemark.statistics.error.InputChecks;

/**
 * Squared length of a weighted sum of sample means of random Fourier features, without the part that chance adds: for the
 * factors 1 and -1 the discrepancy of {@link FourierDiscrepancy}; with more samples, a sample against a mixture of
 * others, or a difference of two differences.
 *
 * <p>For samples {@code k} of {@code n_k} vectors with sums {@code S_k} and factors {@code a_k}:
 * {@code |sum a_k S_k / n_k|^2 - sum a_k^2 (1 - |S_k / n_k|^2) / (n_k - 1)}. It is unbiased, because {@code |z| = 1}.
 *
 * <p>A. Gretton et al., "A kernel two-sample test", JMLR 13, 2012. Differs from the paper: more than two samples.
 */
public final class FourierContrast {

    private final double[] sum;
    private double chance;
    private double scale;

    /** A contrast without samples. @param numbers length of the sums */
    public FourierContrast(int numbers) {
        sum = new double[numbers];
    }

    /**
     * Adds a sample. Each sample is added once, with the sum of its factors.
     *
     * @throws io.tidemark.statistics.error.StatisticsException LENGTH_MISMATCH, or INSUFFICIENT_DATA under two vectors
     */
    public FourierContrast add(double factor, FourierSums sample) {
        InputChecks.sameLength("sums", sample.sums().length, "contrast", sum.length);
        InputChecks.atLeast("number of vectors", sample.count(), 2);
        double n = sample.count();
        double squares = 0;
        for (int i = 0; i < sum.length; i++) {
            double mean = sample.sums()[i] / n;
            sum[i] += factor * mean;
            squares += mean * mean;
        }
        chance += factor * factor * (1 - squares) / (n - 1);
        scale += factor * factor / n;
        return this;
    }

    /** The squared length; it may be negative. */
    public double discrepancy() {
        double squares = 0;
        for (double number : sum) {
            squares += number * number;
        }
        return squares - chance;
    }

    /** Sum of {@code a_k^2 / n_k}: the scale of the null law, see {@link HallBuckleyEagleson#forScale}. */
    public double scale() {
        return scale;
    }

    /** Product of a mapped vector with the contrast: large for vectors that stand for what the positive factors have more of. */
    public double witness(double[] mapped) {
        InputChecks.sameLength("mapped vector", mapped.length, "contrast", sum.length);
        double product = 0;
        for (int i = 0; i < sum.length; i++) {
            product += sum[i] * mapped[i];
        }
        return product;
    }
}
