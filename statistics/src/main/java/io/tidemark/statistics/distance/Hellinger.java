package io.tidemark.statistics.distance;

/**
 * Hellinger distance, a metric in [0, 1]; 1 for disjoint supports. It needs no smoothing and is a size, not a test.
 *
 * <p>{@code sqrt(sum((sqrt p - sqrt q)^2) / 2)}.
 *
 * <p>E. Hellinger, "Neue Begruendung der Theorie quadratischer Formen von unendlichvielen Veraenderlichen", J. reine
 * angew. Math. 136, 1909, doi:10.1515/crll.1909.136.210. Differs from the paper: discrete shares, normalised to [0, 1].
 */
public final class Hellinger implements BinnedDistance {

    @Override
    public String id() {
        return "hellinger";
    }

    @Override
    public double score(AlignedBins bins) {
        double sum = 0;
        for (int bin = 0; bin < bins.size(); bin++) {
            double rootSum = Math.sqrt(bins.baselineShare(bin, 0)) + Math.sqrt(bins.currentShare(bin, 0));
            double rootDifference = bins.shareDifference(bin, 0) / rootSum;
            sum += rootDifference * rootDifference;
        }
        return Math.min(1, Math.sqrt(sum / 2));
    }
}
