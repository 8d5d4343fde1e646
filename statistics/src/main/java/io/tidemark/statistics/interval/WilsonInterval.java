package io.tidemark.statistics.interval;

import static io.tidemark.statistics.error.InputChecks.atLeast;
import static io.tidemark.statistics.error.InputChecks.probability;
import static io.tidemark.statistics.error.InputChecks.strictlyBetween;

import io.tidemark.statistics.counts.BinomialCounts;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Wilson's score interval for a proportion, for one look at a sample of planned size.
 *
 * <p>{@code (p + z^2/2n +- z sqrt(p (1-p)/n + z^2/4n^2)) / (1 + z^2/n)} without continuity correction; {@code z} is the
 * normal quantile of {@code (1 + confidence)/2}. Domain: at least one trial. It is not a test when it is looked at again
 * and again: use {@link BetaBinomialSequence}.
 *
 * <p>E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", J. Am. Stat. Assoc. 22(158),
 * 1927, doi:10.1080/01621459.1927.10502953. Same as the paper.
 *
 * <p>Throws {@link io.tidemark.statistics.error.StatisticsException}: OUT_OF_RANGE for a confidence outside (0, 1),
 * INSUFFICIENT_DATA without a trial.
 */
public final class WilsonInterval implements ProportionInterval {

    private final double z;

    /** @param confidence probability that the bounds cover the truth, in (0, 1) */
    public WilsonInterval(double confidence) {
        strictlyBetween("confidence", confidence, 0, 1);
        this.z = NormalDistribution.of(0, 1).inverseSurvivalProbability((1 - confidence) / 2);
    }

    @Override
    public Bounds of(BinomialCounts counts) {
        atLeast("trials", counts.trials(), 1);
        return bounds(counts.successes(), counts.failures());
    }

    /**
     * The interval at a number of trials that need not be whole, such as the effective one of a weighted sample.
     *
     * @param share observed proportion, in [0, 1]
     * @param trials effective number of trials, at least 1
     */
    public Bounds of(double share, double trials) {
        probability("share", share);
        atLeast("trials", trials, 1);
        return bounds(share * trials, (1 - share) * trials);
    }

    private Bounds bounds(double successes, double failures) {
        return new Bounds(lower(successes, failures), 1 - lower(failures, successes));
    }

    private double lower(double successes, double failures) {
        double n = successes + failures;
        double center = successes + z * z / 2;
        double spread = z * Math.sqrt(successes * (failures / n) + z * z / 4);
        return Math.max(0, (center - spread) / (n + z * z));
    }
}
