package io.tidemark.statistics.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.tidemark.statistics.simulation.Draws;
import io.tidemark.statistics.simulation.Figures;
import org.junit.jupiter.api.Test;

/** How soon a bad canary is found. */
class CanaryDelaySimulationTest {

    private static final int RUNS = 1_000;
    private static final int SECONDS_A_PANE = 10;
    private static final double BASE_RATE = 0.01;
    private static final int PANES_A_DAY = 8_640;

    @Test
    void errorRatesThatDoubleOrTripleAreFoundAsSoonAsPublished() {
        assertThat(Figures.quantile("error rate x2 at 1 % of 50 rps, minutes", minutesTo(2, 30, 2_970), 0.5))
                .isCloseTo(47, withinPercentage(15));
        assertThat(Figures.quantile("error rate x3 at 1 % of 50 rps, minutes", minutesTo(3, 30, 2_970), 0.5))
                .isCloseTo(16, withinPercentage(15));
    }

    @Test
    void slowerTailsAreFoundAsSoonAsPublished() {
        assertThat(Figures.quantile("p99 exceedance 0.02, minutes", minutesTo(2, 30, 2_970), 0.5))
                .isCloseTo(45, withinPercentage(15));
        assertThat(Figures.quantile("p99 exceedance 0.04, minutes", minutesTo(4, 30, 2_970), 0.5))
                .isCloseTo(8, withinPercentage(15));
    }

    @Test
    void tenPointsFromTheStart() {
        double[] seconds = secondsToAlarm(0.11, 0, RUNS);
        assertThat(Figures.quantile("+10 points from the start, s", seconds, 0.5))
                .isCloseTo(40, withinPercentage(15));
        assertThat(Figures.quantile("+10 points from the start, s", seconds, 0.95))
                .isCloseTo(80, withinPercentage(15));
    }

    @Test
    void tenPointsAfterTenMinutesAndTenHours() {
        for (int healthyPanes : new int[] {60, 3_600}) {
            String name = "+10 points after %d healthy panes, s".formatted(healthyPanes);
            double[] seconds = secondsToAlarm(0.11, healthyPanes, healthyPanes > 100 ? 400 : RUNS);
            assertThat(Figures.quantile(name, seconds, 0.5)).isCloseTo(70, withinPercentage(15));
            assertThat(Figures.quantile(name, seconds, 0.95)).isCloseTo(125, withinPercentage(15));
        }
    }

    @Test
    void twoPoints() {
        double[] start = secondsToAlarm(0.03, 0, RUNS);
        assertThat(Figures.quantile("+2 points from the start, s", start, 0.5)).isCloseTo(340, withinPercentage(15));
        assertThat(Figures.quantile("+2 points from the start, s", start, 0.95)).isCloseTo(730, withinPercentage(15));
        for (int healthyPanes : new int[] {60, 3_600}) {
            String name = "+2 points after %d healthy panes, s".formatted(healthyPanes);
            double[] late = secondsToAlarm(0.03, healthyPanes, healthyPanes > 100 ? 400 : RUNS);
            assertThat(Figures.quantile(name, late, 0.5)).isCloseTo(650, withinPercentage(15));
            assertThat(Figures.quantile(name, late, 0.95)).isCloseTo(1_240, withinPercentage(15));
        }
    }

    @Test
    void aPlainProcessIsSlowerOnceTheCanaryHasBeenHealthy() {
        OnsetMixtureEProcess onset = OnsetMixtureEProcess.usual(PANES_A_DAY);
        RateRatioEProcess plain = new RateRatioEProcess(1.25, 1.5, 2, 3, 5, 10, 20);
        Draws draws = new Draws(7);
        OnsetEvidence mixed = onset.start();
        LogRatios alone = plain.start();
        int mixedAlarm = -1;
        int plainAlarm = -1;
        for (int pane = 0; plainAlarm < 0 && pane < PANES_A_DAY; pane++) {
            double rate = pane < 3_600 ? BASE_RATE : 0.11;
            var counts = draws.pane(17, rate, 316, BASE_RATE);
            mixed = onset.update(mixed, counts);
            alone = plain.update(alone, counts);
            mixedAlarm = mixedAlarm < 0 && onset.rejects(mixed, 0.003) ? pane : mixedAlarm;
            plainAlarm = plain.rejects(alone, 0.003) ? pane : plainAlarm;
        }
        System.out.printf("[figure] late onset: mixture pane %d, plain pane %d%n", mixedAlarm, plainAlarm);
        assertThat(mixedAlarm).isBetween(3_600, 3_620);
        assertThat(plainAlarm).isGreaterThan(mixedAlarm + 5);
    }

    private static double[] minutesTo(double ratio, int canary, int baseline) {
        RateRatioEProcess process = RateRatioEProcess.usual();
        double[] minutes = new double[RUNS];
        for (int run = 0; run < RUNS; run++) {
            Draws draws = new Draws(1_000_000 + run);
            LogRatios state = process.start();
            int minute = 0;
            while (!process.rejects(state, 0.01) && minute < 5_000) {
                state = process.update(state, draws.pane(canary, BASE_RATE * ratio, baseline, BASE_RATE));
                minute++;
            }
            minutes[run] = minute;
        }
        return minutes;
    }

    private static double[] secondsToAlarm(double badRate, int healthyPanes, int runs) {
        OnsetMixtureEProcess process = OnsetMixtureEProcess.usual(PANES_A_DAY);
        double[] seconds = new double[runs];
        for (int run = 0; run < runs; run++) {
            Draws draws = new Draws(2_000_000 + run);
            OnsetEvidence state = process.start();
            int pane = 0;
            for (; pane < PANES_A_DAY; pane++) {
                double rate = pane < healthyPanes ? BASE_RATE : badRate;
                // 100 canary requests of 2,000 a minute
                state = process.update(state, draws.pane(draws.binomial(333, 0.05), rate, 316, BASE_RATE));
                if (process.rejects(state, 0.003) && pane >= healthyPanes) {
                    break;
                }
            }
            seconds[run] = (pane - healthyPanes + 1.0) * SECONDS_A_PANE;
        }
        return seconds;
    }
}
