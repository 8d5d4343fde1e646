package io.tidemark.statistics.sampling;

import io.tidemark.statistics.error.InputChecks;
import io.tidemark.statistics.interval.Bounds;
import io.tidemark.statistics.interval.WilsonInterval;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Mean and total of a population from units sampled with known chances, independently of one another.
 *
 * <p>Total (Horvitz-Thompson): {@code sum(w y)}. Mean (Hajek): {@code sum(w y) / sum(w)}, with the standard error
 * {@code sqrt(n/(n-1) sum(w^2 (y - mean)^2)) / sum(w)}. The error is that of the process behind the population and not
 * of the finite population alone: five labels out of five calls are no certainty. For a finite population it is on the
 * safe side by a factor of {@code 1/sqrt(1 - 1/w)}.
 *
 * <p>D. G. Horvitz, D. J. Thompson, "A Generalization of Sampling Without Replacement From a Finite Universe", J. Am.
 * Stat. Assoc. 47(260), 1952, doi:10.1080/01621459.1952.10483446; J. Hajek, comment in "Foundations of Statistical
 * Inference", 1971. Differs from the papers: Wilson's interval with the effective number of units for rates.
 *
 * @param n sampled units
 * @param populationSize estimated number of units in the population, {@code sum(w)}
 * @param total estimated sum of the values over the population
 * @param mean estimated mean
 * @param standardError of the mean; NaN for a single unit
 * @param effectiveSize units of equal weight that tell as much, L. Kish's {@code sum(w)^2 / sum(w^2)}
 */
public record WeightedEstimate(
        long n, double populationSize, double total, double mean, double standardError, double effectiveSize) {

    /**
     * The estimate.
     *
     * @throws io.tidemark.statistics.error.StatisticsException INSUFFICIENT_DATA without a unit
     */
    public static WeightedEstimate of(WeightedSums sums) {
        InputChecks.atLeast("sampled units", sums.n(), 1);
        double mean = sums.values() / sums.weights();
        double error = sums.n() < 2
                ? Double.NaN
                : Math.sqrt(sums.squaredDistances(mean) * sums.n() / (sums.n() - 1.0)) / sums.weights();
        double effective = sums.weights() * sums.weights() / sums.squaredWeights();
        return new WeightedEstimate(sums.n(), sums.weights(), sums.values(), mean, error, effective);
    }

    /**
     * Interval of a mean: Student's with the effective number of units.
     *
     * @throws io.tidemark.statistics.error.StatisticsException INSUFFICIENT_DATA when they are fewer than two
     */
    public Bounds meanInterval(double confidence) {
        InputChecks.strictlyBetween("confidence", confidence, 0, 1);
        InputChecks.atLeast("effective units", effectiveSize, 2);
        double half =
                TDistribution.of(effectiveSize - 1).inverseSurvivalProbability((1 - confidence) / 2) * standardError;
        return new Bounds(mean - half, mean + half);
    }

    /**
     * Interval of a rate, that is of a mean of values of 0 and 1: Wilson's, at the number of units of equal weight that have
     * the same standard error.
     */
    public Bounds rateInterval(double confidence) {
        double binomial = mean * (1 - mean);
        boolean varies = binomial > 0 && standardError > 0;
        double trials = varies ? Math.min(n, binomial / (standardError * standardError)) : effectiveSize;
        return new WilsonInterval(confidence).of(Math.min(1, Math.max(0, mean)), trials);
    }
}
