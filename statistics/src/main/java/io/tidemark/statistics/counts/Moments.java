package io.tidemark.statistics.counts;

import static io.tidemark.statistics.error.InputChecks.atLeast;
import static io.tidemark.statistics.error.InputChecks.between;
import static io.tidemark.statistics.error.InputChecks.finite;

import io.tidemark.statistics.error.InputChecks;

/**
 * Count, mean and sum of squared deviations of the values of one side, in the unit of the values.
 *
 * <p>T. F. Chan, G. H. Golub, R. J. LeVeque, "Algorithms for Computing the Sample Variance", Am. Stat. 37(3), 1983,
 * doi:10.1080/00031305.1983.10483115. Merging agrees with one pass to about 1e-12 of the value.
 *
 * @param count number of values, at least 0
 * @param mean their mean; 0 while there is none
 * @param squaredDeviations sum of squared distances from the mean, at least 0
 * @throws io.tidemark.statistics.error.StatisticsException NON_FINITE_INPUT, NEGATIVE_COUNT, or OUT_OF_RANGE for squared
 *     deviations below 0
 */
public record Moments(long count, double mean, double squaredDeviations) {

    /** No value yet: neutral in {@link #plus}. */
    public static final Moments NONE = new Moments(0, 0, 0);

    public Moments {
        InputChecks.count("count", count);
        finite("mean", mean);
        between("squaredDeviations", squaredDeviations, 0, Double.MAX_VALUE);
    }

    /** The moments that have a given unbiased sample variance; INSUFFICIENT_DATA under two values. */
    public static Moments ofVariance(long count, double mean, double variance) {
        atLeast("count", InputChecks.count("count", count), 2);
        between("variance", variance, 0, Double.MAX_VALUE);
        return new Moments(count, mean, variance * (count - 1));
    }

    /** With one value more. */
    public Moments plus(double value) {
        finite("value", value);
        long newCount = count + 1;
        double difference = value - mean;
        double newMean = mean + difference / newCount;
        return new Moments(newCount, newMean, squaredDeviations + difference * (value - newMean));
    }

    /** Both sets of values together. */
    public Moments plus(Moments other) {
        if (count == 0) {
            return other;
        }
        if (other.count == 0) {
            return this;
        }
        long sum = count + other.count;
        double difference = other.mean - mean;
        double share = other.count / (double) sum;
        return new Moments(
                sum,
                mean + difference * share,
                squaredDeviations + other.squaredDeviations + difference * difference * share * count);
    }

    /** Unbiased sample variance; INSUFFICIENT_DATA under two values. */
    public double variance() {
        atLeast("count", count, 2);
        return squaredDeviations / (count - 1);
    }
}
