package io.tidemark.jobs.quality.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Simulated months: 200 labels a day, weekends with three points more errors, days that differ, days that know little. */
class ErrorHistoryTest {

    private static final int RUNS = 200;
    private static final int LABELS = 200;
    private static final int DAYS = 35;
    private static final double RATE = 0.18;
    private static final double DAY_DEVIATION = 0.008;
    private static final double WEEKEND = 0.03;
    private static final int CHANGE = 14;

    @Test
    void weekendsAndLowCoverageRaiseNoFalseAlarm() {
        int alarms = 0;
        int withoutTheCheck = 0;
        for (int run = 0; run < RUNS; run++) {
            alarms += firstAlarm(run, 0, true) < DAYS ? 1 : 0;
            withoutTheCheck += firstAlarm(run, 0, false) < DAYS ? 1 : 0;
        }
        System.out.printf(
                "[figure] %d months without concept drift: %d alarms, %d without the check of coverage%n",
                RUNS, alarms, withoutTheCheck);
        assertThat(alarms / (double) RUNS).isLessThanOrEqualTo(0.065);
        assertThat(withoutTheCheck / (double) RUNS).as("negative control").isGreaterThan(0.2);
    }

    @Test
    void moreErrorsAreFound() {
        for (double more : new double[] {0.05, 0.08, 0.15}) {
            int[] delays = new int[RUNS];
            int found = 0;
            for (int run = 0; run < RUNS; run++) {
                int alarm = firstAlarm(run, more, true);
                delays[run] = alarm - CHANGE + 1;
                found += alarm < DAYS ? 1 : 0;
            }
            Arrays.sort(delays);
            System.out.printf(
                    "[figure] %.0f points more errors: found %d of %d within three weeks, median after %d days%n",
                    100 * more, found, RUNS, delays[RUNS / 2]);
            assertThat(found).isGreaterThan(more < 0.08 ? RUNS / 4 : RUNS * 9 / 10);
        }
    }

    @Test
    void aDayCountsOnceAndStateComesBack() {
        ErrorHistory history = new ErrorHistory();
        for (int day = 0; day < 9; day++) {
            history.add(new DayScore(day, LABELS, day < 7 ? 0.8 : 0.6, 0.01, 0.9));
        }
        ErrorHistory restored = ErrorHistory.fromBytes(history.toBytes());
        assertThat(restored.evidence()).isEqualTo(history.evidence()).isPositive();
        restored.add(new DayScore(8, LABELS, 0.1, 0.01, 0.9));
        assertThat(restored.evidence()).as("the day was there").isEqualTo(history.evidence());
        assertThat(restored.firstRate(8)).isEqualTo(0.2);
        assertThat(restored.note(true)).isFalse();
        assertThat(ErrorHistory.fromBytes(restored.toBytes()).note(true)).isTrue();
    }

    /** Number of the day of the first alarm; of days where there is none. */
    private static int firstAlarm(int seed, double more, boolean knowsCoverage) {
        Random random = new Random(seed);
        ErrorHistory history = new ErrorHistory();
        for (int day = 0; day < DAYS; day++) {
            boolean isWeekend = Math.floorMod(day - 4, 7) >= 5;
            boolean isOut = more == 0 && day % 10 == 9;
            double rate = RATE
                    + (isWeekend ? WEEKEND : 0)
                    + (day >= CHANGE ? more : 0)
                    + (isOut ? 0.3 : 0)
                    + DAY_DEVIATION * random.nextGaussian();
            int errors = 0;
            for (int i = 0; i < LABELS; i++) {
                errors += random.nextDouble() < rate ? 1 : 0;
            }
            double coverage = isOut && knowsCoverage ? 0.4 : 0.9;
            if (history.add(new DayScore(day, LABELS, 1 - errors / (double) LABELS, 0.01, coverage))) {
                return day;
            }
        }
        return DAYS;
    }
}
