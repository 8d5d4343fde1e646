package io.tidemark.statistics.trend;

import io.tidemark.statistics.counts.Totals;
import io.tidemark.statistics.error.ErrorCode;
import io.tidemark.statistics.error.StatisticsException;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Decline of a daily mean over two weeks, by comparing each weekday with the same weekday of the week before: the weekly
 * cycle cancels. The primary test of a quality trend; the rule alarms for {@code p < 0.05} and a change of -5 % or worse.
 *
 * <p>{@code d_k = mean_{k+7} - mean_k}, weights {@code w_k = 1/(s_k^2/n_k + s_{k+7}^2/n_{k+7})}; change
 * {@code d = sum(w d_k)/sum(w)}; {@code phi = max(1, sum(w (d_k - d)^2)/6)}; {@code se = sqrt(phi/sum(w))}; one-sided p on
 * 6 degrees of freedom. Over the 14 days the relative change is {@code (13/7) d / mean of the first week}. State: count,
 * sum and sum of squares a day. Domain: 14 consecutive days of at least 2 values; a change of version inside them has to
 * be split off first.
 *
 * <p>Own method after the paired design of Student, "The Probable Error of a Mean", Biometrika 6(1), 1908,
 * doi:10.1093/biomet/6.1.1. Differs from the paper: pairs are weighted, and their scatter can only widen the error.
 *
 * <p>Throws {@link StatisticsException}: INSUFFICIENT_DATA unless there are 14 days of at least 2 values, OUT_OF_RANGE when
 * they are not consecutive or the first week's mean is 0, DEGENERATE_VARIANCE when both days of a pair have equal values.
 */
public final class WeekdayPairedTrend implements DailyTrend<WeekdayPairedTrend.Change> {

    private static final int WEEK = 7;
    private static final double SPAN_DAYS = 2 * WEEK - 1.0;

    @Override
    public Change estimate(List<DailyTotals> days) {
        List<DailyTotals> sorted = consecutive(days);
        double[] changes = new double[WEEK];
        double[] weights = new double[WEEK];
        Totals firstWeek = Totals.NONE;
        double weightSum = 0;
        double changeSum = 0;
        for (int k = 0; k < WEEK; k++) {
            Totals before = sorted.get(k).totals();
            Totals after = sorted.get(k + WEEK).totals();
            changes[k] = after.mean() - before.mean();
            weights[k] = 1 / squaredError(before, after);
            firstWeek = firstWeek.plus(before);
            weightSum += weights[k];
            changeSum += weights[k] * changes[k];
        }
        double change = changeSum / weightSum;
        double scatter = 0;
        for (int k = 0; k < WEEK; k++) {
            scatter += weights[k] * (changes[k] - change) * (changes[k] - change);
        }
        double overDispersion = Math.max(1, scatter / (WEEK - 1));
        double error = Math.sqrt(overDispersion / weightSum);
        double firstMean = firstWeek.mean();
        return new Change(
                change,
                overDispersion,
                error,
                change / error,
                TDistribution.of(WEEK - 1.0).cumulativeProbability(change / error),
                firstMean,
                WeightedTrend.relative(SPAN_DAYS / WEEK * change, firstMean));
    }

    private static List<DailyTotals> consecutive(List<DailyTotals> days) {
        if (days.size() != 2 * WEEK) {
            ErrorCode code = days.size() < 2 * WEEK ? ErrorCode.INSUFFICIENT_DATA : ErrorCode.LENGTH_MISMATCH;
            throw new StatisticsException(code, "the trend needs %d days, got %d".formatted(2 * WEEK, days.size()));
        }
        List<DailyTotals> sorted =
                days.stream().sorted(Comparator.comparingLong(DailyTotals::day)).toList();
        for (int k = 1; k < sorted.size(); k++) {
            if (sorted.get(k).day() != sorted.get(k - 1).day() + 1) {
                throw new StatisticsException(
                        ErrorCode.OUT_OF_RANGE,
                        "day %d must follow on day %d; weekdays pair up only over consecutive days"
                                .formatted(
                                        sorted.get(k).day(), sorted.get(k - 1).day()));
            }
        }
        return sorted;
    }

    private static double squaredError(Totals before, Totals after) {
        double squaredError = before.variance() / before.count() + after.variance() / after.count();
        if (squaredError == 0) {
            throw new StatisticsException(
                    ErrorCode.DEGENERATE_VARIANCE, "all values are equal on both days of a weekday");
        }
        return squaredError;
    }

    /**
     * Change from the first week to the second.
     *
     * @param weekOverWeek weighted mean of the weekday differences, in the unit of the values
     * @param overDispersion {@code phi}, at least 1
     * @param standardError of the change
     * @param t change over its standard error
     * @param pDecline one-sided p-value of "the mean does not decline"
     * @param firstWeekMean mean of all values of the first week
     * @param relativeOver14Days change over the 14 days relative to the first week
     */
    public record Change(
            double weekOverWeek,
            double overDispersion,
            double standardError,
            double t,
            double pDecline,
            double firstWeekMean,
            double relativeOver14Days) {

        /** The rule of a quality alarm: significant, and at least as large a drop as matters (0.05 = 5 %). */
        public boolean alarms(double alpha, double smallestDrop) {
            return pDecline < alpha && relativeOver14Days <= -smallestDrop;
        }
    }
}
