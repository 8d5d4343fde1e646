package io.tidemark.statistics.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.tidemark.statistics.counts.BinomialCounts;
import io.tidemark.statistics.counts.Moments;
import io.tidemark.statistics.counts.TwoArmMoments;
import io.tidemark.statistics.interval.BetaBinomialSequence;
import io.tidemark.statistics.interval.Bounds;
import io.tidemark.statistics.simulation.Draws;
import io.tidemark.statistics.simulation.Figures;
import org.junit.jupiter.api.Test;

/** Means, quantiles and agreement looked at again and again. */
class MeanSimulationTest {

    private static final double ALPHA = 0.05;
    private static final int RUNS = 1_000;
    private static final int LOOK_EVERY = 20;
    private static final int LARGEST = 3_000;

    @Test
    void normalMeansKeepTheirLevel() {
        assertThat(falseAlarms("mSPRT normal, burn-in 20", 20)).isLessThanOrEqualTo(Figures.withError(ALPHA, RUNS));
        assertThat(falseAlarms("mSPRT normal, burn-in 100", 100)).isLessThanOrEqualTo(Figures.withError(ALPHA, RUNS));
    }

    @Test
    void heavyTailsNeedTheBurnIn() {
        assertThat(costAlarms("mSPRT lognormal(1.5), burn-in 1000", 1_000)).isLessThanOrEqualTo(0.06);
        assertThat(costAlarms("mSPRT lognormal(1.5), from 20", 20)).isGreaterThan(0.10);
    }

    /** Costs lognormal(1.5) against a baseline so large that its moments are exact. */
    private static double costAlarms(String name, int burnIn) {
        double variance = Math.exp(2.25) * (Math.exp(2.25) - 1);
        Moments baseline = Moments.ofVariance(1_000_000, Math.exp(1.125), variance);
        NormalMixtureEProcess process = new NormalMixtureEProcess(1, burnIn);
        int alarms = 0;
        for (int run = 0; run < RUNS; run++) {
            Draws draws = new Draws(600_000 + run);
            Moments canary = Moments.NONE;
            boolean alarm = false;
            while (canary.count() < LARGEST && !alarm) {
                for (int i = 0; i < LOOK_EVERY; i++) {
                    canary = canary.plus(Math.exp(1.5 * draws.normal()));
                }
                alarm = process.rejects(new TwoArmMoments(canary, baseline), ALPHA);
            }
            alarms += alarm ? 1 : 0;
        }
        return Figures.share(name, alarms, RUNS);
    }

    @Test
    void dropsOfAJudgeScoreAreFoundAtThePublishedSizes() {
        assertThat(valuesToAlarm(0.03)).isCloseTo(1_000, withinPercentage(15));
        assertThat(valuesToAlarm(0.05)).isCloseTo(375, withinPercentage(15));
    }

    @Test
    void bettingBoundsCoverTheMeanAtAllTimes() {
        EmpiricalBernsteinSequence sequence = EmpiricalBernsteinSequence.usual(ALPHA);
        int misses = 0;
        double[] widths = new double[RUNS];
        for (int run = 0; run < RUNS; run++) {
            Draws draws = new Draws(300_000 + run);
            BettingState state = sequence.start();
            for (int i = 0; i < 1_000; i++) {
                state = sequence.update(state, draws.chance(0.8) ? 0.9 : 0.3 * draws.uniform());
            }
            Bounds bounds = sequence.bounds(state);
            misses += bounds.contains(0.8 * 0.9 + 0.2 * 0.15) ? 0 : 1;
            widths[run] = bounds.halfWidth();
        }
        assertThat(Figures.share("betting bounds ever miss the mean", misses, RUNS))
                .isLessThanOrEqualTo(ALPHA);
        assertThat(Figures.mean("betting half width after 1000", widths)).isLessThan(0.05);
    }

    @Test
    void quantileRanksNeverMissed() {
        QuantileRankSequence sequence = new QuantileRankSequence(0.1);
        int misses = 0;
        for (int run = 0; run < 400; run++) {
            Draws draws = new Draws(400_000 + run);
            int below = 0;
            boolean missed = false;
            for (int n = 1; n <= 5_000; n++) {
                below += draws.chance(0.95) ? 1 : 0;
                QuantileRankSequence.Ranks ranks = sequence.ranks(n, 0.95);
                double rank = below / (double) n;
                missed |= rank < ranks.lower() || rank > ranks.upper();
            }
            misses += missed ? 1 : 0;
        }
        assertThat(Figures.share("quantile ranks ever missed, alpha 0.1", misses, 400))
                .isLessThanOrEqualTo(0.1);
    }

    @Test
    void agreementNeedsThePublishedNumbersOfPairs() {
        assertThat(pairsUntilPromotion(0.96)).isCloseTo(250, withinPercentage(15));
        assertThat(pairsUntilPromotion(0.945)).isCloseTo(475, withinPercentage(15));
        assertThat(pairsUntilPromotion(0.92)).isCloseTo(3_075, withinPercentage(15));
    }

    @Test
    void agreementBoundsCoverAtAllTimes() {
        BetaBinomialSequence sequence = BetaBinomialSequence.usual(ALPHA);
        int misses = 0;
        for (int run = 0; run < RUNS; run++) {
            Draws draws = new Draws(500_000 + run);
            BinomialCounts counts = BinomialCounts.NONE;
            boolean missed = false;
            for (int look = 0; look < 40 && !missed; look++) {
                counts = counts.plus(BinomialCounts.of(draws.binomial(25, 0.93), 25));
                missed = !sequence.of(counts).contains(0.93);
            }
            misses += missed ? 1 : 0;
        }
        assertThat(Figures.share("agreement bounds ever miss", misses, RUNS)).isLessThanOrEqualTo(ALPHA);
    }

    private static double pairsUntilPromotion(double agreement) {
        BetaBinomialSequence sequence = BetaBinomialSequence.usual(ALPHA);
        for (int n = 25; ; n += 25) {
            if (sequence.of(BinomialCounts.of(Math.round(n * agreement), n)).lower() >= 0.90) {
                System.out.printf("[figure] pairs until promotion at %s: %d%n", agreement, n);
                return n;
            }
        }
    }

    private static double falseAlarms(String name, int burnIn) {
        NormalMixtureEProcess process = new NormalMixtureEProcess(0.01, burnIn);
        int alarms = 0;
        for (int run = 0; run < RUNS; run++) {
            Draws draws = new Draws(600_000 + run);
            Moments canary = Moments.NONE;
            Moments baseline = Moments.NONE;
            boolean alarm = false;
            while (canary.count() < LARGEST && !alarm) {
                for (int i = 0; i < LOOK_EVERY; i++) {
                    canary = canary.plus(draws.normal());
                    for (int other = 0; other < 2; other++) {
                        baseline = baseline.plus(draws.normal());
                    }
                }
                alarm = process.rejects(new TwoArmMoments(canary, baseline), ALPHA);
            }
            alarms += alarm ? 1 : 0;
        }
        return Figures.share(name, alarms, RUNS);
    }

    private static double valuesToAlarm(double relativeDrop) {
        double mean = 0.82;
        double deviation = 0.18;
        double effect = relativeDrop * mean;
        NormalMixtureEProcess process = new NormalMixtureEProcess(effect * effect, 100);
        double[] sizes = new double[RUNS];
        for (int run = 0; run < RUNS; run++) {
            Draws draws = new Draws(700_000 + run);
            TwoArmMoments state = process.start();
            while (!process.rejects(state, ALPHA)) {
                Moments canary = state.canary();
                Moments baseline = state.baseline();
                for (int i = 0; i < 25; i++) {
                    canary = canary.plus(mean - effect + deviation * draws.normal());
                    baseline = baseline.plus(mean + deviation * draws.normal());
                }
                state = new TwoArmMoments(canary, baseline);
            }
            sizes[run] = state.canary().count();
        }
        return Figures.mean("mSPRT values an arm, drop " + relativeDrop, sizes);
    }
}
