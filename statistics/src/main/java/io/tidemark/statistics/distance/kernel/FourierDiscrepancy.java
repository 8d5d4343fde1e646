package io.tidemark.statistics.distance.kernel;

import io.tidemark.statistics.error.InputChecks;

/**
 * Squared maximum mean discrepancy from sums of random Fourier features: {@link MaximumMeanDiscrepancy} for streams, from
 * a state of {@code 2 D} numbers that merges. Unbiased for the kernel of the features; it may be negative.
 *
 * <p>{@code (|Sx|^2 - n) / (n (n-1)) + (|Sy|^2 - m) / (m (m-1)) - 2 Sx.Sy / (n m)}, because {@code |z| = 1}.
 *
 * <p>A. Gretton et al., "A kernel two-sample test", JMLR 13, 2012; A. Rahimi, B. Recht, "Random features for large-scale
 * kernel machines", NIPS 2007. Differs from the papers: the unbiased form from sums alone. If vectors come in clusters
 * (turns of one conversation), take one of each cluster: the null law {@link DiscrepancyNull} needs independence.
 *
 * @param features of the frozen baseline
 */
public record FourierDiscrepancy(RandomFourierFeatures features) implements KernelDistance {

    @Override
    public String id() {
        return "mmd2_rff";
    }

    @Override
    public double score(double[][] baseline, double[][] current) {
        Vectors.check(baseline, current);
        return score(FourierSums.of(features, baseline), FourierSums.of(features, current));
    }

    /**
     * The discrepancy of two states.
     *
     * @throws io.tidemark.statistics.error.StatisticsException LENGTH_MISMATCH, or INSUFFICIENT_DATA under two vectors
     */
    public static double score(FourierSums baseline, FourierSums current) {
        InputChecks.sameLength("baseline sums", baseline.sums().length, "current sums", current.sums().length);
        InputChecks.atLeast("number of baseline vectors", baseline.count(), 2);
        InputChecks.atLeast("number of current vectors", current.count(), 2);
        double n = baseline.count();
        double m = current.count();
        return (dot(baseline, baseline) - n) / (n * (n - 1))
                + (dot(current, current) - m) / (m * (m - 1))
                - 2 * dot(baseline, current) / (n * m);
    }

    private static double dot(FourierSums left, FourierSums right) {
        double sum = 0;
        for (int i = 0; i < left.sums().length; i++) {
            sum += left.sums()[i] * right.sums()[i];
        }
        return sum;
    }
}
