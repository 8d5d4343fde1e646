package io.tidemark.statistics.trend;

import static io.tidemark.statistics.error.InputChecks.atLeast;
import static io.tidemark.statistics.error.InputChecks.positive;

import io.tidemark.statistics.counts.Totals;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Growth of a total, such as a cost, from one week to the next: the ratio of two sums over 7 days, in which the weekly
 * cycle cancels. Alarm when the growth is over 20 % and its lower bound over 0; page when the lower bound is over 20 %.
 *
 * <p>{@code r = ln(S1/S0)}, {@code se = sqrt(Q1/S1^2 + Q0/S0^2)} with sums {@code S} and sums of squares {@code Q} (a
 * compound Poisson sum: the number of requests is random as well); bounds {@code exp(r -+ 1.96 se) - 1}. The logarithm
 * splits into volume {@code ln(n1/n0)} and cost a request, and these add. State: 24 bytes a day. Domain: sums above 0.
 *
 * <p>H. Cramer, "Mathematical Methods of Statistics", Princeton 1946, chapter 28 (delta method). Differs from the book:
 * variances are those of compound Poisson sums. Coverage falls to 91 % for costs as heavy-tailed as lognormal(2).
 *
 * <p>Throws {@link io.tidemark.statistics.error.StatisticsException}: INSUFFICIENT_DATA for a week without values,
 * OUT_OF_RANGE for a sum that is not above 0, NON_FINITE_INPUT and NEGATIVE_COUNT by {@link Totals}.
 */
public final class CostGrowth {

    private static final NormalDistribution STANDARD = NormalDistribution.of(0, 1);
    private static final double CONFIDENCE = 0.95;
    private static final double LOG_LIMIT = Math.log(1.2);

    /** Growth from the previous week to the current one. */
    public Growth estimate(Totals current, Totals previous) {
        atLeast("values of the current week", current.count(), 1);
        atLeast("values of the previous week", previous.count(), 1);
        double currentSum = positive("sum of the current week", current.sum());
        double previousSum = positive("sum of the previous week", previous.sum());
        double logRatio = Math.log(currentSum / previousSum);
        double error = Math.hypot(
                Math.sqrt(current.sumOfSquares()) / currentSum, Math.sqrt(previous.sumOfSquares()) / previousSum);
        double margin = STANDARD.inverseSurvivalProbability((1 - CONFIDENCE) / 2) * error;
        double logVolume = Math.log(current.count() / (double) previous.count());
        return new Growth(
                Math.expm1(logRatio),
                logRatio,
                error,
                Math.expm1(logRatio - margin),
                Math.expm1(logRatio + margin),
                STANDARD.survivalProbability((logRatio - LOG_LIMIT) / error),
                logVolume,
                logRatio - logVolume);
    }

    /**
     * Growth with its error.
     *
     * @param growth relative growth; 0.2 is 20 %
     * @param logRatio natural logarithm of the ratio of the sums
     * @param standardError of the log ratio
     * @param lower lower bound of the growth at 95 %
     * @param upper upper bound of the growth at 95 %
     * @param pUnderLimit one-sided p-value of "growth is at most 20 %"
     * @param logVolumePart part of the log ratio from the number of requests
     * @param logUnitCostPart part of the log ratio from the cost of a request
     */
    public record Growth(
            double growth,
            double logRatio,
            double standardError,
            double lower,
            double upper,
            double pUnderLimit,
            double logVolumePart,
            double logUnitCostPart) {}
}
