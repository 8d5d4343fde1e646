package io.tidemark.statistics.trend;

import java.util.List;

/**
 * Judges whether a daily mean declines.
 *
 * @param <R> what the method reports
 */
public interface DailyTrend<R> {

    /** Estimate from the days given, in any order. */
    R estimate(List<DailyTotals> days);
}
