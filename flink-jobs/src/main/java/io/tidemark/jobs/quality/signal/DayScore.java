package io.tidemark.jobs.quality.signal;

import io.tidemark.statistics.counts.Totals;
import io.tidemark.statistics.trend.DailyTotals;

/**
 * A measure of the inferences of one day, when all labels of its age have had their time.
 *
 * @param day number of the day since the epoch
 * @param size effective number of units
 * @param mean estimate
 * @param error standard error of the estimate
 * @param coverage share of the units that it is known of
 */
public record DayScore(long day, double size, double mean, double error, double coverage) {

    /** Totals of as many units of equal weight that have the same mean and the same error. */
    DailyTotals totals() {
        long count = Math.max(2, Math.round(size));
        double variance = error * error * count;
        return new DailyTotals(day, new Totals(count, count * mean, (count - 1) * variance + count * mean * mean));
    }
}
