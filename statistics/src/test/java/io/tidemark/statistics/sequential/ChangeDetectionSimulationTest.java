package io.tidemark.statistics.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.tidemark.statistics.counts.BinomialCounts;
import io.tidemark.statistics.simulation.Draws;
import io.tidemark.statistics.simulation.Figures;
import org.junit.jupiter.api.Test;

/** Run lengths of the change detectors, with and without a change. */
class ChangeDetectionSimulationTest {

    private static final double USUAL_RATE = 0.03;
    private static final double ALPHA = 1e-4;
    private static final int RUNS = 1_000;
    private static final int CENSORED_AT = 20_000;
    private static final BinomialCounts BAD = new BinomialCounts(1, 0);
    private static final BinomialCounts GOOD = new BinomialCounts(0, 1);

    private final BernoulliAlternatives grid = new BernoulliAlternatives(USUAL_RATE, 0.0375, 0.045, 0.06, 0.09);

    @Test
    void falseAlarmsOfTheEvidenceDetectorAreAtLeastOneOverAlphaApart() {
        double mean = Figures.mean("e-SR ARL0, censored at 20,000", runLengths(grid, ALPHA, USUAL_RATE, 1));
        double standardError = 7_300 / Math.sqrt(RUNS);
        assertThat(mean).isGreaterThan(1 / ALPHA - 3 * standardError);
        assertThat(mean).isCloseTo(10_096, withinPercentage(15));
    }

    @Test
    void delaysAreAsPublishedAndNearThoseOfAnOracle() {
        double[] rates = {0.045, 0.06, 0.09};
        double[] published = {858, 385, 163};
        for (int i = 0; i < rates.length; i++) {
            double delay = Figures.mean("e-SR delay at " + rates[i], runLengths(grid, ALPHA, rates[i], 2));
            double oracle = Figures.mean("oracle CUSUM delay at " + rates[i], oracleLengths(rates[i], rates[i]));
            assertThat(delay).isCloseTo(published[i], withinPercentage(15));
            assertThat(delay).isLessThanOrEqualTo(1.5 * oracle);
        }
    }

    /** The oracle knows the new rate; its threshold is set for the false alarms of the evidence detector. */
    @Test
    void theOracleHasTheSameFalseAlarms() {
        for (double rate : new double[] {0.045, 0.06, 0.09}) {
            double mean = Figures.mean("oracle CUSUM ARL0 for " + rate, oracleLengths(rate, USUAL_RATE));
            assertThat(mean).isBetween(9_000.0, 11_500.0);
        }
    }

    @Test
    void gaussianCusumHasThePublishedRunLengths() {
        assertThat(gaussianRunLength(5, 0, 20_000)).isCloseTo(930.9, withinPercentage(3));
        assertThat(gaussianRunLength(5, 1, 20_000)).isCloseTo(10.38, withinPercentage(3));
        assertThat(gaussianRunLength(4, 1, 20_000)).isCloseTo(8.38, withinPercentage(3));
    }

    private static double gaussianRunLength(double threshold, double mean, int runs) {
        CusumDetector detector = new CusumDetector(0.5, threshold);
        Draws draws = new Draws(77);
        double[] lengths = new double[runs];
        for (int run = 0; run < runs; run++) {
            CusumDetector.Sum sum = detector.start();
            while (!detector.alarms(sum)) {
                sum = detector.update(sum, mean + draws.normal());
                lengths[run]++;
            }
        }
        return Figures.mean("CUSUM ARL h=%s mean=%s".formatted(threshold, mean), lengths);
    }

    private static double[] runLengths(BernoulliAlternatives grid, double alpha, double rate, long seed) {
        ShiryaevRobertsDetector detector = new ShiryaevRobertsDetector(grid.size(), alpha);
        LogRatios ifBad = grid.ratios(BAD);
        LogRatios ifGood = grid.ratios(GOOD);
        double[] lengths = new double[RUNS];
        for (int run = 0; run < RUNS; run++) {
            Draws draws = new Draws(seed * 1_000_000 + run);
            LogRatios state = detector.start();
            int step = 0;
            while (!detector.alarms(state) && step < CENSORED_AT) {
                state = detector.update(state, draws.chance(rate) ? ifBad : ifGood);
                step++;
            }
            lengths[run] = step;
        }
        return lengths;
    }

    private static double[] oracleLengths(double knownRate, double rate) {
        BernoulliAlternatives one = new BernoulliAlternatives(USUAL_RATE, knownRate);
        double up = one.ratios(BAD).value(0);
        double down = one.ratios(GOOD).value(0);
        double threshold = oracleThreshold(knownRate);
        double[] lengths = new double[RUNS];
        for (int run = 0; run < RUNS; run++) {
            Draws draws = new Draws(9_000_000 + run);
            double sum = 0;
            int step = 0;
            while (sum < threshold && step < CENSORED_AT) {
                sum = Math.max(0, sum + (draws.chance(rate) ? up : down));
                step++;
            }
            lengths[run] = step;
        }
        return lengths;
    }

    /** Set by simulation so that the false alarms come as rarely as those of the evidence detector. */
    private static double oracleThreshold(double knownRate) {
        return knownRate < 0.05 ? 3.6 : knownRate < 0.07 ? 4.6 : 5.4;
    }
}
