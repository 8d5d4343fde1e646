package io.tidemark.statistics.distance;

/**
 * Kullback-Leibler divergence of the current shares from the baseline, in nats.
 *
 * <p>{@code KL(q || p) = sum(q ln(q / p))} over the smoothed shares of {@link PopulationStabilityIndex}. Domain:
 * [0, infinity). Not symmetric: it is large where the current sample is and the baseline was not.
 *
 * <p>S. Kullback, R. A. Leibler, "On Information and Sufficiency", Ann. Math. Stat. 22(1), 1951,
 * doi:10.1214/aoms/1177729694. Differs from the paper: half an event is added to every bin on both sides.
 */
public final class KullbackLeibler implements BinnedDistance {

    @Override
    public String id() {
        return "kl";
    }

    @Override
    public double score(AlignedBins bins) {
        double divergence = 0;
        for (int bin = 0; bin < bins.size(); bin++) {
            double p = bins.baselineShare(bin, PopulationStabilityIndex.PSEUDOCOUNT);
            double q = bins.currentShare(bin, PopulationStabilityIndex.PSEUDOCOUNT);
            double difference = bins.shareDifference(bin, PopulationStabilityIndex.PSEUDOCOUNT);
            // q ln(q/p) - (q - p): the differences sum to zero, and each term is non-negative without cancellation
            divergence += q * LogRatio.of(q, p, difference) - difference;
        }
        return Math.max(0, divergence);
    }
}
