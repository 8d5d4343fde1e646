package io.tidemark.statistics.trend;

import static io.tidemark.statistics.sequential.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tidemark.statistics.counts.Totals;
import io.tidemark.statistics.error.ErrorCode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrendsTest {

    @Test
    void aStraightLineIsFoundExactly() {
        WeightedTrend.Line line = new WeightedTrend().estimate(days(14, -0.01));
        assertThat(line.slopePerDay()).isCloseTo(-0.01, within(1e-12));
        assertThat(line.intercept()).isCloseTo(1, within(1e-12));
        assertThat(line.overDispersion()).isEqualTo(1);
        assertThat(line.relativeChange()).isCloseTo(-0.13, within(1e-12));
        assertThat(line.pDecline()).isLessThan(0.05);
    }

    @Test
    void pairsOfALineDifferByAWeekOfIt() {
        List<DailyTotals> days = new ArrayList<>(days(14, -0.01));
        Collections.reverse(days);
        WeekdayPairedTrend.Change change = new WeekdayPairedTrend().estimate(days);
        assertThat(change.weekOverWeek()).isCloseTo(-0.07, within(1e-12));
        assertThat(change.firstWeekMean()).isCloseTo(0.97, within(1e-12));
        assertThat(change.relativeOver14Days()).isCloseTo(-0.13 / 0.97, within(1e-12));
        // variance 0.01 * 4/3 over 4 values on both sides of 7 pairs
        assertThat(change.standardError()).isCloseTo(Math.sqrt(2 * 0.01 / 3 / 7), within(1e-12));
        assertThat(change.alarms(0.05, 0.05)).isEqualTo(change.pDecline() < 0.05);
        assertThat(change.alarms(0.05, 0.2)).isFalse();
    }

    @Test
    void handComputedCost() {
        CostGrowth.Growth growth = new CostGrowth().estimate(new Totals(30, 60, 180), new Totals(10, 30, 90));
        assertThat(growth.growth()).isCloseTo(1, within(1e-12));
        assertThat(growth.standardError()).isCloseTo(Math.sqrt(180 / 3600.0 + 90 / 900.0), within(1e-12));
        assertThat(growth.logVolumePart()).isCloseTo(Math.log(3), within(1e-12));
        assertThat(growth.logUnitCostPart()).isCloseTo(Math.log(2 / 3.0), within(1e-12));
    }

    @Test
    void totalsMerge() {
        Totals a = Totals.NONE.plus(1).plus(2);
        Totals b = Totals.NONE.plus(5);
        assertThat(a.plus(b)).isEqualTo(b.plus(a)).isEqualTo(new Totals(3, 8, 30));
        assertThat(a.plus(Totals.NONE)).isEqualTo(a);
        assertThat(new DailyTotals(3, a).plus(new DailyTotals(3, b)).totals().mean())
                .isCloseTo(8 / 3.0, within(1e-12));
        assertThat(Totals.NONE.plus(0.1).plus(0.1).plus(0.1).variance()).isZero();
    }

    @Test
    void badInputIsRefused() {
        WeightedTrend line = new WeightedTrend();
        WeekdayPairedTrend pairs = new WeekdayPairedTrend();
        CostGrowth cost = new CostGrowth();
        assertRefused(ErrorCode.INSUFFICIENT_DATA, () -> line.estimate(days(2, 0)));
        assertRefused(ErrorCode.INSUFFICIENT_DATA, () -> pairs.estimate(days(13, 0)));
        assertRefused(ErrorCode.LENGTH_MISMATCH, () -> pairs.estimate(days(15, 0)));
        assertRefused(ErrorCode.OUT_OF_RANGE, () -> pairs.estimate(with(days(14, 0), 13, new DailyTotals(20, day(1)))));
        assertRefused(
                ErrorCode.INSUFFICIENT_DATA,
                () -> line.estimate(with(days(14, 0), 3, new DailyTotals(3, Totals.NONE.plus(1)))));
        DailyTotals constant = new DailyTotals(3, new Totals(5, 5, 5));
        assertRefused(ErrorCode.DEGENERATE_VARIANCE, () -> line.estimate(with(days(14, 0), 3, constant)));
        assertThat(pairs.estimate(with(days(14, 0), 3, constant)).weekOverWeek())
                .isCloseTo(0, within(1e-12));
        List<DailyTotals> bothConstant =
                with(with(days(14, 0), 3, constant), 10, new DailyTotals(10, constant.totals()));
        assertRefused(ErrorCode.DEGENERATE_VARIANCE, () -> pairs.estimate(bothConstant));
        DailyTotals same = new DailyTotals(0, day(1));
        assertRefused(ErrorCode.DEGENERATE_VARIANCE, () -> line.estimate(List.of(same, same, same)));
        assertRefused(ErrorCode.INSUFFICIENT_DATA, () -> cost.estimate(Totals.NONE, day(1)));
        assertRefused(ErrorCode.INSUFFICIENT_DATA, () -> cost.estimate(day(1), Totals.NONE));
        assertRefused(ErrorCode.OUT_OF_RANGE, () -> cost.estimate(new Totals(2, 0, 0), day(1)));
        assertRefused(ErrorCode.OUT_OF_RANGE, () -> cost.estimate(day(1), new Totals(2, -1, 1)));
        assertRefused(ErrorCode.NEGATIVE_COUNT, () -> new Totals(-1, 0, 0));
        assertRefused(ErrorCode.NON_FINITE_INPUT, () -> new Totals(1, Double.NaN, 0));
        assertRefused(ErrorCode.OUT_OF_RANGE, () -> new DailyTotals(1, day(1)).plus(new DailyTotals(2, day(1))));
    }

    private static List<DailyTotals> with(List<DailyTotals> days, int index, DailyTotals day) {
        List<DailyTotals> changed = new ArrayList<>(days);
        changed.set(index, day);
        return changed;
    }

    private static List<DailyTotals> days(int number, double slope) {
        List<DailyTotals> days = new ArrayList<>();
        for (int day = 0; day < number; day++) {
            days.add(new DailyTotals(day, day(1 + slope * day)));
        }
        return days;
    }

    /** Four values around a mean, two 0.1 above and two 0.1 below. */
    private static Totals day(double mean) {
        return Totals.NONE.plus(mean - 0.1).plus(mean + 0.1).plus(mean - 0.1).plus(mean + 0.1);
    }
}
