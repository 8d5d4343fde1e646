package io.tidemark.statistics.trend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tidemark.statistics.counts.Totals;
import io.tidemark.statistics.simulation.Draws;
import io.tidemark.statistics.simulation.Figures;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two weeks of daily quality, and weekly cost. */
class TrendSimulationTest {

    private static final int RUNS = 1_000;
    private static final int VALUES_A_DAY = 200;
    private static final double MEAN = 0.8;
    private static final double DEVIATION = 0.18;
    private static final double DAY_DEVIATION = 0.008;
    private static final double WEEKEND_DIP = 0.03;
    private static final double SMALLEST_DROP = 0.05;

    @Test
    void weekendsFoolARegressionButNotThePairs() {
        int paired = 0;
        int line = 0;
        for (int run = 0; run < RUNS; run++) {
            List<DailyTotals> days = days(new Draws(run), 0, WEEKEND_DIP);
            paired += new WeekdayPairedTrend().estimate(days).pDecline() < 0.05 ? 1 : 0;
            line += new WeightedTrend().estimate(days).pDecline() < 0.05 ? 1 : 0;
        }
        assertThat(Figures.share("weekend dip, weekday pairs", paired, RUNS)).isLessThanOrEqualTo(0.065);
        assertThat(Figures.share("weekend dip, plain regression", line, RUNS)).isGreaterThan(0.10);
    }

    @Test
    void dropsAreFoundWithThePublishedPower() {
        double[] drops = {0.05, 0.07, 0.10};
        double[] significant = {0.77, 0.95, 1.00};
        double[] published = {0.34, 0.78, 0.99};
        for (int i = 0; i < drops.length; i++) {
            int alarms = 0;
            int rejections = 0;
            for (int run = 0; run < RUNS; run++) {
                WeekdayPairedTrend.Change change =
                        new WeekdayPairedTrend().estimate(days(new Draws(10_000 + run), drops[i], 0));
                alarms += change.alarms(0.05, SMALLEST_DROP) ? 1 : 0;
                rejections += change.pDecline() < 0.05 ? 1 : 0;
            }
            assertThat(Figures.share("drop of %s, significance".formatted(drops[i]), rejections, RUNS))
                    .isCloseTo(significant[i], within(0.15 * significant[i]));
            assertThat(Figures.share("drop of %s, both".formatted(drops[i]), alarms, RUNS))
                    .isCloseTo(published[i], within(0.15 * published[i]));
        }
    }

    @Test
    void boundsOfCostGrowthCoverAndThePointRuleAloneAlarmsTooOften() {
        assertThat(coverage(0.8, 200)).isBetween(0.93, 0.965);
        assertThat(coverage(1.5, 200)).isBetween(0.90, 0.955);
        assertThat(coverage(2.0, 2_000)).isBetween(0.89, 0.965);
    }

    private static double coverage(double sigma, int requests) {
        int covered = 0;
        int point = 0;
        int rule = 0;
        for (int run = 0; run < RUNS; run++) {
            Draws draws = new Draws(20_000 + run);
            CostGrowth.Growth growth =
                    new CostGrowth().estimate(week(draws, sigma, requests), week(draws, sigma, requests));
            covered += growth.lower() <= 0 && growth.upper() >= 0 ? 1 : 0;
            point += growth.growth() > 0.2 ? 1 : 0;
            rule += growth.growth() > 0.2 && growth.lower() > 0 ? 1 : 0;
        }
        String name = "cost sigma %s, n %d: ".formatted(sigma, requests);
        Figures.share(name + "point rule", point, RUNS);
        assertThat(Figures.share(name + "rule with bound", rule, RUNS)).isLessThan(0.05);
        return Figures.share(name + "coverage", covered, RUNS);
    }

    private static Totals week(Draws draws, double sigma, int requests) {
        Totals totals = Totals.NONE;
        int number = draws.poisson(requests);
        for (int i = 0; i < number; i++) {
            totals = totals.plus(Math.exp(sigma * draws.normal()));
        }
        return totals;
    }

    /** Fourteen days from a Monday on, scores cut to [0, 1], whose centre falls linearly, by the drop in 14 days. */
    private static List<DailyTotals> days(Draws draws, double drop, double weekendDip) {
        List<DailyTotals> days = new ArrayList<>();
        for (int day = 0; day < 14; day++) {
            double dip = day % 7 >= 5 ? weekendDip : 0;
            double mean = MEAN * (1 - drop * day / 14) - dip + DAY_DEVIATION * draws.normal();
            Totals totals = Totals.NONE;
            for (int i = 0; i < VALUES_A_DAY; i++) {
                totals = totals.plus(Math.min(1, Math.max(0, mean + DEVIATION * draws.normal())));
            }
            days.add(new DailyTotals(day, totals));
        }
        return days;
    }
}
