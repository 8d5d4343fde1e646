package io.tidemark.cli.stats;

import io.tidemark.statistics.counts.Totals;
import io.tidemark.statistics.error.ErrorCode;
import io.tidemark.statistics.error.InputChecks;
import io.tidemark.statistics.error.StatisticsException;
import io.tidemark.statistics.trend.CostGrowth;
import io.tidemark.statistics.trend.DailyTotals;
import io.tidemark.statistics.trend.WeekdayPairedTrend;
import io.tidemark.statistics.trend.WeightedTrend;
import java.util.Arrays;
import java.util.List;

/** Trends over days and weeks. */
final class TrendMetrics {

    private TrendMetrics() {}

    static List<Metric> all() {
        return List.of(
                Metric.of("trend_wls", TrendMetrics::weighted),
                Metric.of("trend_weekday_paired", TrendMetrics::paired),
                Metric.of("cost_growth", TrendMetrics::cost));
    }

    private static MetricOutputs weighted(MetricInputs inputs) {
        WeightedTrend.Line line = new WeightedTrend().estimate(days(inputs));
        return new MetricOutputs()
                .number("slope_per_day", line.slopePerDay())
                .number("intercept", line.intercept())
                .number("phi", line.overDispersion())
                .number("se", line.standardError())
                .number("t", line.t())
                .number("p_one_sided_decline", line.pDecline())
                .number("relative_change_over_span", line.relativeChange());
    }

    private static MetricOutputs paired(MetricInputs inputs) {
        WeekdayPairedTrend.Change change = new WeekdayPairedTrend().estimate(days(inputs));
        return new MetricOutputs()
                .number("week_over_week_change", change.weekOverWeek())
                .number("phi", change.overDispersion())
                .number("se", change.standardError())
                .number("t", change.t())
                .number("p_one_sided_decline", change.pDecline())
                .number("first_week_mean", change.firstWeekMean())
                .number("relative_change_14d", change.relativeOver14Days());
    }

    private static MetricOutputs cost(MetricInputs inputs) {
        CostGrowth.Growth growth =
                new CostGrowth().estimate(totals(inputs.numbers("current"), 0), totals(inputs.numbers("previous"), 0));
        return new MetricOutputs()
                .number("growth", growth.growth())
                .number("log_ratio", growth.logRatio())
                .number("se_log_ratio", growth.standardError())
                .number("growth_lower", growth.lower())
                .number("growth_upper", growth.upper())
                .number("p_growth_le_20pct", growth.pUnderLimit())
                .number("log_volume_part", growth.logVolumePart())
                .number("log_unit_cost_part", growth.logUnitCostPart());
    }

    private static List<DailyTotals> days(MetricInputs inputs) {
        return Arrays.stream(inputs.rows("days"))
                .map(row -> new DailyTotals(whole("day", row[0]), totals(row, 1)))
                .toList();
    }

    private static Totals totals(double[] row, int from) {
        InputChecks.sameLength("columns of a row", row.length, "expected columns", from + 3);
        return new Totals(whole("count", row[from]), row[from + 1], row[from + 2]);
    }

    private static long whole(String name, double value) {
        InputChecks.finite(name, value);
        if (value != Math.rint(value)) {
            throw new StatisticsException(
                    ErrorCode.OUT_OF_RANGE, "%s must be a whole number, got %s".formatted(name, value));
        }
        return (long) value;
    }
}
