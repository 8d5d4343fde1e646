package io.tidemark.statistics.trend;

import static io.tidemark.statistics.error.InputChecks.atLeast;

import io.tidemark.statistics.counts.Totals;
import io.tidemark.statistics.error.ErrorCode;
import io.tidemark.statistics.error.StatisticsException;
import java.util.List;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Weighted least squares line through daily means, for triage only: a weekly cycle fools it (17.7 % false alarms at 5 % on
 * a weekend dip of 0.03), so that the test is {@link WeekdayPairedTrend}.
 *
 * <p>Weights {@code w = n/s^2}; {@code phi = max(1, chi2/(days - 2))} widens the error for days that scatter more than
 * their values explain; {@code se = sqrt(phi/Sxx)}; one-sided p of a slope below 0 on {@code days - 2} degrees of freedom.
 * Slope in units of the values a day. Domain: at least 3 days, each of at least 2 values that differ.
 *
 * <p>A. C. Aitken, "On Least Squares and Linear Combination of Observations", Proc. R. Soc. Edinb. 55, 1936. Differs from
 * the paper: weights are estimated and the over-dispersion is never taken under 1.
 *
 * <p>Throws {@link StatisticsException}: INSUFFICIENT_DATA under 3 days or under 2 values a day, DEGENERATE_VARIANCE for a
 * day of equal values or days that all have one number, OUT_OF_RANGE when the line starts at 0, so that a relative change
 * has no meaning.
 */
public final class WeightedTrend implements DailyTrend<WeightedTrend.Line> {

    private static final int LINE_PARAMETERS = 2;

    @Override
    public Line estimate(List<DailyTotals> days) {
        atLeast("days", days.size(), LINE_PARAMETERS + 1);
        double firstDay = days.stream().mapToLong(DailyTotals::day).min().orElseThrow();
        double lastDay = days.stream().mapToLong(DailyTotals::day).max().orElseThrow();
        double weightSum = 0;
        double daySum = 0;
        double meanSum = 0;
        for (DailyTotals day : days) {
            double weight = weight(day.totals());
            weightSum += weight;
            daySum += weight * (day.day() - firstDay);
            meanSum += weight * day.totals().mean();
        }
        double centerDay = firstDay + daySum / weightSum;
        double centerMean = meanSum / weightSum;
        double spread = 0;
        double product = 0;
        for (DailyTotals day : days) {
            double distance = day.day() - centerDay;
            double weight = weight(day.totals());
            spread += weight * distance * distance;
            product += weight * distance * (day.totals().mean() - centerMean);
        }
        if (!(spread > 0)) {
            throw new StatisticsException(
                    ErrorCode.DEGENERATE_VARIANCE, "all rows are of day %s; a slope needs days".formatted(firstDay));
        }
        double slope = product / spread;
        double scatter = 0;
        for (DailyTotals day : days) {
            double residual = day.totals().mean() - centerMean - slope * (day.day() - centerDay);
            scatter += weight(day.totals()) * residual * residual;
        }
        int freedom = days.size() - LINE_PARAMETERS;
        double overDispersion = Math.max(1, scatter / freedom);
        double error = Math.sqrt(overDispersion / spread);
        double fittedStart = centerMean + slope * (firstDay - centerDay);
        return new Line(
                slope,
                centerMean - slope * centerDay,
                overDispersion,
                error,
                slope / error,
                TDistribution.of(freedom).cumulativeProbability(slope / error),
                relative(slope * (lastDay - firstDay), fittedStart));
    }

    private static double weight(Totals day) {
        double variance = day.variance();
        if (variance == 0) {
            throw new StatisticsException(
                    ErrorCode.DEGENERATE_VARIANCE, "all %d values of a day are equal".formatted(day.count()));
        }
        return day.count() / variance;
    }

    static double relative(double change, double base) {
        if (base == 0) {
            throw new StatisticsException(
                    ErrorCode.OUT_OF_RANGE, "the first mean is 0, so that a relative change has no meaning");
        }
        return change / base;
    }

    /**
     * The fitted line.
     *
     * @param slopePerDay change of the mean a day
     * @param intercept fitted mean of day 0
     * @param overDispersion {@code phi}, at least 1
     * @param standardError of the slope
     * @param t slope over its standard error
     * @param pDecline one-sided p-value of "the mean does not decline"
     * @param relativeChange change from the first day to the last, relative to the fitted mean of the first
     */
    public record Line(
            double slopePerDay,
            double intercept,
            double overDispersion,
            double standardError,
            double t,
            double pDecline,
            double relativeChange) {}
}
