package io.tidemark.statistics.distance;

/**
 * Pearson's chi-square test of homogeneity of two samples over {@code K} categories, with Cramer's V as its size.
 *
 * <p>{@code chi2 = sum((observed - expected)^2 / expected)} over both rows without continuity correction; {@code K - 1}
 * degrees of freedom; {@code V = sqrt(chi2 / N)} in [0, 1]. Categories that are empty on both sides are dropped. The law
 * needs expected counts of at least 5: pass counts through {@link RarePooling} first, or the level is not kept on
 * skewed categories.
 *
 * <p>K. Pearson, "On the criterion that a given system of deviations ...", Phil. Mag. 50, 1900,
 * doi:10.1080/14786440009463897; H. Cramer, "Mathematical Methods of Statistics", 1946. Differs from the papers: both
 * rows are samples, and the sum is taken as {@code sum((b m - c n)^2 / (b + c)) / (n m)}, which keeps its accuracy when
 * the rows agree in their first digits.
 */
public final class PearsonChiSquare implements BinnedDistance {

    @Override
    public String id() {
        return "chi2";
    }

    /** Cramer's V. */
    @Override
    public double score(AlignedBins bins) {
        return evaluate(bins).cramersV();
    }

    /** The statistic with its law. */
    public Homogeneity evaluate(AlignedBins bins) {
        double n = bins.baselineTotal();
        double m = bins.currentTotal();
        double sum = 0;
        for (int bin = 0; bin < bins.size(); bin++) {
            double b = bins.baselineCount(bin);
            double c = bins.currentCount(bin);
            double difference = AlignedBins.crossDifference(b, m, c, n) / n;
            sum += difference * (difference / (b + c));
        }
        return new Homogeneity(sum * (n / m), bins.size() - 1, n + m);
    }

    /** The statistic of two vectors of counts; errors as {@link AlignedBins#of(long[], long[])}. */
    public Homogeneity evaluate(long[] baseline, long[] current) {
        return evaluate(AlignedBins.of(baseline, current));
    }
}
