package io.tidemark.jobs.quality.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tidemark.jobs.quality.measure.FixedSums;
import io.tidemark.statistics.sampling.WeightedEstimate;
import io.tidemark.statistics.trend.WeekdayPairedTrend;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Simulated fortnights: 200 labelled scores a day of a sample of one in ten, weekends that are worse, labels of which one in
 * four comes later than the age that is compared, and days on which most labels are missing and the bad ones are not.
 */
class ScoreHistoryTest {

    private static final int RUNS = 200;
    private static final double MEAN = 0.82;
    private static final double DEVIATION = 0.18;
    private static final double DAY_DEVIATION = 0.008;
    private static final double WEEKEND_DIP = 0.03;
    private static final int LABELS = 200;
    private static final double IN_TIME = 0.75;
    private static final double WEIGHT = 10;
    private static final QualityRule TREND = rule("quality-trend");
    private static final QualityRule TRIAGE = rule("quality-triage");

    @Test
    void weekendsLateLabelsAndLowCoverageRaiseNoFalseAlarm() {
        int trend = 0;
        int triage = 0;
        int significant = 0;
        int withoutTheCheck = 0;
        for (int run = 0; run < RUNS; run++) {
            boolean hasOutage = run % 2 == 0;
            WeekdayPairedTrend.Change change = history(run, 0, hasOutage, true).change();
            trend += ScoreHistory.isBroken(TREND, change) ? 1 : 0;
            triage += ScoreHistory.isBroken(TRIAGE, change) ? 1 : 0;
            significant += change != null && change.pDecline() < ScoreHistory.ALPHA ? 1 : 0;
            WeekdayPairedTrend.Change blind = history(run, 0, hasOutage, false).change();
            withoutTheCheck += ScoreHistory.isBroken(TREND, blind) ? 1 : 0;
        }
        System.out.printf(
                "[figure] %d fortnights without a fall: -5 %% rule %d, -3 %% rule %d, significance %d, -5 %% rule without "
                        + "the check of coverage %d%n",
                RUNS, trend, triage, significant, withoutTheCheck);
        assertThat(trend / (double) RUNS).isLessThanOrEqualTo(0.065);
        assertThat(triage / (double) RUNS).isLessThanOrEqualTo(0.065);
        assertThat(significant / (double) RUNS).isLessThanOrEqualTo(0.065);
        assertThat(withoutTheCheck / (double) RUNS).as("negative control").isGreaterThan(0.1);
    }

    @Test
    void fallsAreFoundWithThePublishedPower() {
        double[] drops = {0.05, 0.07, 0.10};
        double[] published = {0.34, 0.78, 0.99};
        int runs = 1_000;
        for (int i = 0; i < drops.length; i++) {
            int found = 0;
            for (int run = 0; run < runs; run++) {
                found += ScoreHistory.isBroken(
                                TREND,
                                history(5_000 + run, drops[i], false, true).change())
                        ? 1
                        : 0;
            }
            double power = found / (double) runs;
            System.out.printf("[figure] fall of %s: power %.3f (published %.2f)%n", drops[i], power, published[i]);
            assertThat(power).isCloseTo(published[i], within(0.15 * published[i]));
        }
    }

    @Test
    void aMissingDayGivesNoAnswerAndStateComesBack() {
        ScoreHistory history = history(1, 0.1, false, true);
        ScoreHistory restored = ScoreHistory.fromBytes(history.toBytes());
        assertThat(restored.change()).isEqualTo(history.change());
        assertThat(restored.note(TREND, true)).isFalse();
        assertThat(ScoreHistory.fromBytes(restored.toBytes()).note(TREND, true)).isTrue();

        restored.add(new DayScore(15, 200, MEAN, 0.01, 0.75));
        assertThat(restored.change()).as("day 14 is missing").isNull();
    }

    private static ScoreHistory history(int seed, double drop, boolean hasOutage, boolean knowsCoverage) {
        Random random = new Random(seed);
        ScoreHistory history = new ScoreHistory();
        for (int day = 0; day < 14; day++) {
            boolean isOut = hasOutage && (day == 8 || day == 9 || day == 12 || day == 13);
            double dip = day % 7 >= 5 ? WEEKEND_DIP : 0;
            double mean = MEAN * (1 - drop * day / 14) - dip + DAY_DEVIATION * random.nextGaussian();
            history.add(day(day, mean, isOut, knowsCoverage, random));
        }
        return history;
    }

    private static DayScore day(int day, double mean, boolean isOut, boolean knowsCoverage, Random random) {
        FixedSums sums = new FixedSums();
        int inferences = (int) Math.round(LABELS / IN_TIME);
        for (int i = 0; i < inferences; i++) {
            double score = Math.min(1, Math.max(0, mean + DEVIATION * random.nextGaussian()));
            boolean isKnown = random.nextDouble() < (isOut && score > mean ? 0.2 : IN_TIME);
            if (isKnown) {
                sums.add(WEIGHT, score, 1);
            }
        }
        WeightedEstimate estimate = WeightedEstimate.of(sums.sums(1));
        double coverage = knowsCoverage ? sums.n() / (double) inferences : 1;
        return new DayScore(day, estimate.effectiveSize(), estimate.mean(), estimate.standardError(), coverage);
    }

    private static QualityRule rule(String id) {
        List<QualityRule> all = QualityRule.all();
        return all.get(IntStream.range(0, all.size())
                .filter(i -> all.get(i).id().equals(id))
                .findFirst()
                .orElseThrow());
    }
}
