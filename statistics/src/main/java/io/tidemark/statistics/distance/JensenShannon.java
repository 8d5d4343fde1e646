package io.tidemark.statistics.distance;

/**
 * Jensen-Shannon distance: the root of the divergence in bits, a metric in [0, 1]; 1 for disjoint supports. It needs no
 * smoothing and is a size, not a test.
 *
 * <p>{@code JSD = KL(p || a) / 2 + KL(q || a) / 2}, {@code a = (p + q) / 2}, {@code 0 ln 0 = 0};
 * {@code distance = sqrt(JSD / ln 2)}.
 *
 * <p>J. Lin, "Divergence Measures Based on the Shannon Entropy", IEEE Trans. Inf. Theory 37(1), 1991,
 * doi:10.1109/18.61115; the root is a metric: D. M. Endres, J. E. Schindelin, 2003, doi:10.1109/TIT.2003.813506. Differs
 * from the papers: each bin's term is written in the contrast {@code c = (q - p) / (q + p)}, which keeps its accuracy for
 * almost equal shares.
 */
public final class JensenShannon implements BinnedDistance {

    private static final double LN_2 = Math.log(2);
    private static final double SMALL_CONTRAST = 0.01;

    @Override
    public String id() {
        return "js";
    }

    @Override
    public double score(AlignedBins bins) {
        return Math.min(1, Math.sqrt(divergence(bins) / LN_2));
    }

    /** The divergence in nats, in [0, ln 2]. */
    public double divergence(AlignedBins bins) {
        double sum = 0;
        for (int bin = 0; bin < bins.size(); bin++) {
            double shares = bins.baselineShare(bin, 0) + bins.currentShare(bin, 0);
            sum += shares / 4 * contrastEntropy(bins.shareDifference(bin, 0) / shares);
        }
        return sum;
    }

    /** {@code (1 - c) ln(1 - c) + (1 + c) ln(1 + c)}; its series near 0, where the two terms cancel. */
    private static double contrastEntropy(double contrast) {
        double square = contrast * contrast;
        if (square < SMALL_CONTRAST * SMALL_CONTRAST) {
            return square * (1 + square * (1.0 / 6 + square * (1.0 / 15 + square * (1.0 / 28 + square / 45))));
        }
        return timesItsLog(1 - contrast) + timesItsLog(1 + contrast);
    }

    private static double timesItsLog(double x) {
        return x <= 0 ? 0 : x * Math.log(x);
    }
}
