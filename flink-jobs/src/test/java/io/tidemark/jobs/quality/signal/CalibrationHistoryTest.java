package io.tidemark.jobs.quality.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.jobs.quality.measure.CalibrationTable;
import io.tidemark.statistics.calibration.ForecastSums;
import io.tidemark.statistics.calibration.ReliabilityBins;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Simulated months: 100 labelled forecasts a day with confidences from one half to 1. */
class CalibrationHistoryTest {

    private static final int RUNS = 200;
    private static final int FORECASTS = 100;
    private static final int DAYS = 28;

    /** How far a model's confidences lie over its success. */
    private record Model(double before, double after) {}

    @Test
    void calibratedModelsAndThoseThatNeverWereRaiseNoFalseAlarm() {
        int calibrated = alarms(new Model(0, 0));
        int overconfident = alarms(new Model(0.1, 0.1));
        System.out.printf(
                "[figure] %d months without a change of calibration: alarms of a calibrated model %d, of an overconfident one %d%n",
                RUNS, calibrated, overconfident);
        assertThat(calibrated / (double) RUNS).isLessThanOrEqualTo(0.065);
        assertThat(overconfident / (double) RUNS).isLessThanOrEqualTo(0.065);
    }

    @Test
    void confidencesThatComeTrueTenPointsLessAreFound() {
        int calibrated = alarms(new Model(0, 0.1));
        int overconfident = alarms(new Model(0.1, 0.2));
        System.out.printf(
                "[figure] ten points less after the first week: found %d and %d of %d%n",
                calibrated, overconfident, RUNS);
        assertThat(calibrated).isGreaterThanOrEqualTo((int) (0.95 * RUNS));
        assertThat(overconfident)
                .as("the test of a change in gaps has less power")
                .isGreaterThanOrEqualTo((int) (0.8 * RUNS));
    }

    @Test
    void aDayThatKnowsLittleSaysNothingAndAWeekIsJudgedOnceItIsWhole() {
        Random random = new Random(4);
        CalibrationHistory history = new CalibrationHistory();
        for (int day = 0; day < 13; day++) {
            assertThat(history.add(day(0, random), 0.9)).isNull();
        }
        assertThat(history.add(day(0.3, random), 0.5)).as("little is known").isNull();
        history = CalibrationHistory.fromBytes(history.toBytes());
        CalibrationHistory.Change change = history.add(day(0, random), 0.9);
        assertThat(change.n()).isEqualTo(7 * FORECASTS);
        assertThat(change.byChance()).isBetween(0.01, 0.1);
        assertThat(history.note(true)).isFalse();
        assertThat(CalibrationHistory.fromBytes(history.toBytes()).note(true)).isTrue();
    }

    private static int alarms(Model model) {
        int alarms = 0;
        for (int run = 0; run < RUNS; run++) {
            Random random = new Random(run);
            CalibrationHistory history = new CalibrationHistory();
            boolean hasAlarm = false;
            for (int day = 0; day < DAYS; day++) {
                CalibrationHistory.Change change = history.add(day(day < 7 ? model.before : model.after, random), 0.9);
                hasAlarm |= change != null && change.isBroken();
            }
            alarms += hasAlarm ? 1 : 0;
        }
        return alarms;
    }

    private static CalibrationTable day(double over, Random random) {
        double[] confidences = new double[FORECASTS];
        double[] correct = new double[FORECASTS];
        for (int i = 0; i < FORECASTS; i++) {
            confidences[i] = 0.5 + 0.49 * random.nextDouble();
            correct[i] = random.nextDouble() < confidences[i] - over ? 1 : 0;
        }
        return new CalibrationTable(
                ForecastSums.of(confidences, correct),
                ReliabilityBins.of(ReliabilityBins.DEFAULT_BINS, confidences, correct));
    }
}
