package io.tidemark.statistics.trend;

import io.tidemark.statistics.counts.Totals;
import io.tidemark.statistics.error.InputChecks;
import java.util.Objects;

/**
 * Totals of one day.
 *
 * @param day number of the day, in days from any fixed day
 * @param totals count, sum and sum of squares of the day's values
 */
public record DailyTotals(long day, Totals totals) {

    public DailyTotals {
        Objects.requireNonNull(totals, "totals is null");
    }

    /** Both parts of the same day; OUT_OF_RANGE if the days differ. */
    public DailyTotals plus(DailyTotals other) {
        InputChecks.between("day of the other part", other.day, day, day);
        return new DailyTotals(day, totals.plus(other.totals));
    }
}
