package io.tidemark.statistics.distance;

/**
 * Population stability index: the symmetrised Kullback-Leibler (Jeffreys) divergence, in nats, at least 0.
 *
 * <p>{@code PSI = sum((q - p) ln(q / p))} with {@code p = (b + 1/2) / (n + K/2)}, {@code q = (c + 1/2) / (m + K/2)} over
 * the {@code K} bins that hold an event. When nothing has changed, {@code PSI / (1/n + 1/m)} is chi-square with
 * {@code K - 1} degrees of freedom: a fixed threshold such as 0.1 is another test at each sample size. Raise an alarm on
 * {@link PopulationStability#pValue()}, after the control of false discoveries, and on
 * {@link PopulationStability#biasAdjusted()} together.
 *
 * <p>S. Kullback, R. A. Leibler, "On Information and Sufficiency", Ann. Math. Stat. 22(1), 1951,
 * doi:10.1214/aoms/1177729694; B. Yurdakul, J. Naranjo, "Statistical properties of the population stability index", J.
 * Risk Model Validation 14(3), 2020 (the law). Differs from the papers: half an event is added to every bin on both sides, so that an empty
 * bin gives a finite score; bins that are empty on both sides are left out.
 */
public final class PopulationStabilityIndex implements BinnedDistance {

    /** Current events below which the law under the null hypothesis is not to be relied on. */
    public static final int MINIMUM_CURRENT_EVENTS = 100;

    static final double PSEUDOCOUNT = 0.5;

    @Override
    public String id() {
        return "psi";
    }

    @Override
    public double score(AlignedBins bins) {
        double sum = 0;
        for (int bin = 0; bin < bins.size(); bin++) {
            double difference = bins.shareDifference(bin, PSEUDOCOUNT);
            sum += difference
                    * LogRatio.of(
                            bins.currentShare(bin, PSEUDOCOUNT), bins.baselineShare(bin, PSEUDOCOUNT), difference);
        }
        return sum;
    }

    /** The index with its law when nothing has changed. */
    public PopulationStability evaluate(AlignedBins bins) {
        return new PopulationStability(score(bins), bins.size(), 1 / bins.baselineTotal() + 1 / bins.currentTotal());
    }

    /**
     * As {@link #evaluate(AlignedBins)}, for two vectors of counts over the same bins.
     *
     * @throws io.tidemark.statistics.error.StatisticsException as {@link AlignedBins#of(long[], long[])}
     */
    public PopulationStability evaluate(long[] baseline, long[] current) {
        return evaluate(AlignedBins.of(baseline, current));
    }
}
