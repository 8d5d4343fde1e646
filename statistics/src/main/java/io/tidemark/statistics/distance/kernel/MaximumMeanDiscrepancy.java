package io.tidemark.statistics.distance.kernel;

/**
 * Squared maximum mean discrepancy (MMD) with a Gaussian kernel whose bandwidth is the median distance of the pooled
 * sample; exact over all pairs, offline only.
 *
 * <p>{@code k(x, y) = exp(-|x - y|^2 / (2 sigma^2))}; unbiased: mean of {@code k} over distinct pairs of each side minus
 * twice the mean over pairs across; it may be negative. Biased: the same means with each vector paired with itself too.
 *
 * <p>A. Gretton, K. M. Borgwardt, M. J. Rasch, B. Schoelkopf, A. Smola, "A kernel two-sample test", JMLR 13, 2012.
 * Differs from the paper: nothing.
 */
public final class MaximumMeanDiscrepancy implements KernelDistance {

    /**
     * What the exact computation finds.
     *
     * @param bandwidth sigma, in the unit of the vectors
     * @param unbiased U-statistic, may be negative
     * @param biased V-statistic, at least 0
     */
    public record Outcome(double bandwidth, double unbiased, double biased) {}

    @Override
    public String id() {
        return "mmd2_rbf_median";
    }

    /** The unbiased estimate; besides the errors of the interface, DEGENERATE_BANDWIDTH. */
    @Override
    public double score(double[][] baseline, double[][] current) {
        return evaluate(baseline, current).unbiased();
    }

    /**
     * Both estimates.
     *
     * @throws io.tidemark.statistics.error.StatisticsException NON_FINITE_INPUT, INSUFFICIENT_DATA, LENGTH_MISMATCH,
     *     DEGENERATE_BANDWIDTH
     */
    public Outcome evaluate(double[][] baseline, double[][] current) {
        Vectors.check(baseline, current);
        double sigma = MedianBandwidth.of(pooled(baseline, current));
        double n = baseline.length;
        double m = current.length;
        double within = distinctPairs(baseline, sigma);
        double withinCurrent = distinctPairs(current, sigma);
        double across = pairsAcross(baseline, current, sigma);
        double unbiased = within / (n * (n - 1)) + withinCurrent / (m * (m - 1)) - 2 * across / (n * m);
        double biased = (within + n) / (n * n) + (withinCurrent + m) / (m * m) - 2 * across / (n * m);
        return new Outcome(sigma, unbiased, Math.max(0, biased));
    }

    private static double[][] pooled(double[][] baseline, double[][] current) {
        double[][] pooled = new double[baseline.length + current.length][];
        System.arraycopy(baseline, 0, pooled, 0, baseline.length);
        System.arraycopy(current, 0, pooled, baseline.length, current.length);
        return pooled;
    }

    private static double distinctPairs(double[][] sample, double sigma) {
        double sum = 0;
        for (int i = 0; i < sample.length; i++) {
            for (int j = 0; j < i; j++) {
                sum += kernel(sample[i], sample[j], sigma);
            }
        }
        return 2 * sum;
    }

    private static double pairsAcross(double[][] baseline, double[][] current, double sigma) {
        double sum = 0;
        for (double[] x : baseline) {
            for (double[] y : current) {
                sum += kernel(x, y, sigma);
            }
        }
        return sum;
    }

    private static double kernel(double[] x, double[] y, double sigma) {
        return Math.exp(-Vectors.squaredDistance(x, y) / (2 * sigma * sigma));
    }
}
