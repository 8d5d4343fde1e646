package io.tidemark.statistics.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tidemark.statistics.interval.Bounds;
import io.tidemark.statistics.interval.WilsonInterval;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WeightedEstimateTest {

    private static final int SEEDS = 500;

    /** Size of a stratum, its sampling rate, its share of right answers. */
    private static final double[][] STRATA = {{18_000, 0.05, 0.92}, {1_900, 0.1, 0.7}, {300, 0.3, 0.4}};

    @Test
    void handComputedValues() { // two units stand for themselves, one for four
        WeightedSums sums = WeightedSums.NONE.plus(1, 1).plus(1, 0).plus(4, 1);
        WeightedEstimate estimate = WeightedEstimate.of(sums);

        assertThat(estimate.populationSize()).isEqualTo(6);
        assertThat(estimate.total()).isEqualTo(5);
        assertThat(estimate.mean()).isEqualTo(5 / 6.0);
        // sum w^2 (y - mean)^2 = 1/36 + 25/36 + 16/36
        assertThat(estimate.standardError()).isCloseTo(Math.sqrt(42 / 36.0 * 1.5) / 6, within(1e-12));
        assertThat(estimate.effectiveSize()).isEqualTo(2);
    }

    @Test
    void equalWeightsGiveThePlainSample() {
        WeightedSums sums = WeightedSums.NONE;
        for (int i = 0; i < 100; i++) {
            sums = sums.plus(10, i < 80 ? 1 : 0);
        }
        WeightedEstimate estimate = WeightedEstimate.of(sums);
        Bounds plain = new WilsonInterval(0.95).of(0.8, 99);

        assertThat(estimate.mean()).isCloseTo(0.8, within(1e-12));
        assertThat(estimate.effectiveSize()).isCloseTo(100, within(1e-9));
        assertThat(estimate.rateInterval(0.95).lower()).isCloseTo(plain.lower(), within(1e-9));
    }

    @Test
    void overManySeedsOfStratifiedSamplingEstimatesAreUnbiasedAndIntervalsCover() {
        boolean[][] population = population();
        double truth = share(population);
        double[] means = new double[SEEDS];
        double total = 0;
        int covered = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            WeightedEstimate estimate = WeightedEstimate.of(sample(population, seed));
            means[seed] = estimate.mean();
            total += estimate.total();
            covered += estimate.rateInterval(0.95).contains(truth) ? 1 : 0;
        }
        double mean = Arrays.stream(means).average().orElseThrow();
        double variance =
                Arrays.stream(means).map(each -> (each - mean) * (each - mean)).sum() / (SEEDS - 1);
        double error = Math.sqrt(variance / SEEDS);
        System.out.printf(
                "[figure] stratified sampling, %d seeds: bias %.5f of %.5f, %.2f standard errors; coverage %.3f%n",
                SEEDS, mean - truth, truth, (mean - truth) / error, covered / (double) SEEDS);

        assertThat(mean).isCloseTo(truth, within(3 * error));
        assertThat(total / SEEDS / (truth * size(population))).isCloseTo(1, within(0.01));
        assertThat(covered / (double) SEEDS).isBetween(0.93, 0.97);
    }

    @Test
    void withoutWeightsTheEstimateIsBiased() {
        boolean[][] population = population();
        double sum = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            WeightedSums sums = sample(population, seed);
            sum += plainMean(population, seed);
            assertThat(sums.n()).isPositive();
        }
        assertThat(share(population) - sum / SEEDS).isGreaterThan(0.02);
    }

    @Test
    void aSampleOfNothingIsRefused() {
        assertThatThrownBy(() -> WeightedEstimate.of(WeightedSums.NONE)).hasMessageContaining("sampled units");
        assertThatThrownBy(() -> WeightedSums.NONE.plus(0.5, 1)).hasMessageContaining("weight");
    }

    private static boolean[][] population() {
        SplittableRandom random = new SplittableRandom(11);
        boolean[][] population = new boolean[STRATA.length][];
        for (int stratum = 0; stratum < STRATA.length; stratum++) {
            population[stratum] = new boolean[(int) STRATA[stratum][0]];
            for (int i = 0; i < population[stratum].length; i++) {
                population[stratum][i] = random.nextDouble() < STRATA[stratum][2];
            }
        }
        return population;
    }

    private static WeightedSums sample(boolean[][] population, int seed) {
        SplittableRandom random = new SplittableRandom(1_000 + seed);
        WeightedSums sums = WeightedSums.NONE;
        for (int stratum = 0; stratum < population.length; stratum++) {
            for (boolean right : population[stratum]) {
                if (random.nextDouble() < STRATA[stratum][1]) {
                    sums = sums.plus(1 / STRATA[stratum][1], right ? 1 : 0);
                }
            }
        }
        return sums;
    }

    private static double plainMean(boolean[][] population, int seed) {
        SplittableRandom random = new SplittableRandom(1_000 + seed);
        double n = 0;
        double right = 0;
        for (int stratum = 0; stratum < population.length; stratum++) {
            for (boolean each : population[stratum]) {
                if (random.nextDouble() < STRATA[stratum][1]) {
                    n++;
                    right += each ? 1 : 0;
                }
            }
        }
        return right / n;
    }

    private static double share(boolean[][] population) {
        double right = 0;
        for (boolean[] stratum : population) {
            for (boolean each : stratum) {
                right += each ? 1 : 0;
            }
        }
        return right / size(population);
    }

    private static double size(boolean[][] population) {
        return Arrays.stream(population).mapToInt(each -> each.length).sum();
    }
}
