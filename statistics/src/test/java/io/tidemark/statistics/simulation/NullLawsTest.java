package io.tidemark.statistics.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.statistics.calibration.CalibrationError;
import io.tidemark.statistics.calibration.CalibrationShift;
import io.tidemark.statistics.calibration.ForecastSums;
import io.tidemark.statistics.calibration.ReliabilityBins;
import io.tidemark.statistics.calibration.SpiegelhalterTest;
import io.tidemark.statistics.distance.PearsonChiSquare;
import io.tidemark.statistics.distance.PopulationStabilityIndex;
import io.tidemark.statistics.distance.RarePooling;
import io.tidemark.statistics.distance.kernel.DiscrepancyNull;
import io.tidemark.statistics.distance.kernel.FourierDiscrepancy;
import io.tidemark.statistics.distance.kernel.FourierSums;
import io.tidemark.statistics.distance.kernel.HallBuckleyEagleson;
import io.tidemark.statistics.distance.kernel.RandomFourierFeatures;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** False alarms when nothing has changed, by simulation with fixed seeds: 4,000 runs unless a test says otherwise. */
class NullLawsTest {

    private static final int RUNS = 4000;
    private static final int DIMENSION = 64;
    private static final int TOPICS = 8;
    private static final double[][] CENTRES = centres();

    /** The bandwidth is the typical distance of two vectors: sqrt(64 (2 + 2 / 4)). */
    private static final RandomFourierFeatures FEATURES = RandomFourierFeatures.draw(DIMENSION, 128, 12.6, 7);

    @ParameterizedTest
    @CsvSource({"10, 100, 100", "10, 10000, 100", "10, 10000, 500", "20, 10000, 1000"})
    void theStabilityIndexKeepsItsLevel(int bins, int n, int m) {
        SplittableRandom random = new SplittableRandom(101);
        double[] shares = evenShares(bins);
        assertLevels(rejections(RUNS, () -> new PopulationStabilityIndex()
                .evaluate(multinomial(random, shares, n), multinomial(random, shares, m))
                .pValue()));
    }

    /** Five events a bin: the reason why 20 bins are for 1,000 events and more. It errs on the quiet side. */
    @Test
    void withFewEventsInABinTheStabilityIndexIsConservative() {
        SplittableRandom random = new SplittableRandom(107);
        double[] shares = evenShares(20);
        double[] rates = rejections(RUNS, () -> new PopulationStabilityIndex()
                .evaluate(multinomial(random, shares, 100), multinomial(random, shares, 100))
                .pValue());
        print(rates);
        assertThat(rates[0]).isBetween(0.002, 0.02);
        assertThat(rates[1]).isBetween(0.015, 0.05);
    }

    @ParameterizedTest
    @CsvSource({"10000, 200", "10000, 1000", "200, 200"})
    void theChiSquareOfPooledSkewedCategoriesKeepsItsLevel(int n, int m) {
        SplittableRandom random = new SplittableRandom(102);
        double[] shares = zipfShares(50);
        assertLevels(rejections(RUNS, () -> new PearsonChiSquare()
                .evaluate(RarePooling.pool(multinomial(random, shares, n), multinomial(random, shares, m)))
                .pValue()));
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 500})
    void theDiscrepancyOfEmbeddingsKeepsItsLevel(int m) {
        int n = 2000;
        SplittableRandom random = new SplittableRandom(103);
        // the population is this pool, drawn from with replacement
        double[][] pool = mappedPopulation(random, 10_000);
        DiscrepancyNull law =
                HallBuckleyEagleson.ofFeatures(Arrays.copyOf(pool, 4000)).forSizes(n, m);
        double[] rates = rejections(
                2000, () -> law.pValue(FourierDiscrepancy.score(draw(random, pool, n), draw(random, pool, m))));
        assertLevels(rates);
    }

    @Test
    void theDiscrepancySeesATopicThatGrows() {
        SplittableRandom random = new SplittableRandom(104);
        double[][] pool = mappedPopulation(random, 10_000);
        double[][] topic = mapped(random, 2000, 1);
        DiscrepancyNull law =
                HallBuckleyEagleson.ofFeatures(Arrays.copyOf(pool, 4000)).forSizes(2000, 500);
        double[] rates = rejections(200, () -> {
            FourierSums current = draw(random, pool, 450).merge(draw(random, topic, 50));
            return law.pValue(FourierDiscrepancy.score(draw(random, pool, 2000), current));
        });
        System.out.printf(
                "[figure] MMD, a tenth of the mass moves to one topic, m = 500: power at 1 %% %.3f%n", rates[0]);
        assertThat(rates[0]).as("power at 1 %%").isGreaterThan(0.99 * 0.85);
    }

    @ParameterizedTest
    @CsvSource({"50, 0.146", "100, 0.103", "500, 0.048", "10000, 0.011"})
    void calibratedForecastsHaveTheNullMeanAndZHoldsItsLevel(int n, double meanError) {
        SplittableRandom random = new SplittableRandom(105);
        CalibrationError error = new CalibrationError();
        int runs = n > 1000 ? 400 : RUNS;
        double[] sums = new double[2];
        double[] rates = rejections(runs, () -> {
            double[] confidence = confidences(random, n);
            double[] correct = outcomes(random, confidence);
            ReliabilityBins bins = ReliabilityBins.of(15, confidence, correct);
            sums[0] += error.score(bins) / runs;
            sums[1] += error.nullMean(bins) / runs;
            return new SpiegelhalterTest().pValue(ForecastSums.of(confidence, correct));
        });
        System.out.printf(
                "[figure] n %d: mean ECE %.4f, null mean %.4f; Z 5 %%: %.4f%n", n, sums[0], sums[1], rates[1]);
        assertThat(sums[0]).as("mean of the raw error").isBetween(0.85 * meanError, 1.15 * meanError);
        assertThat(sums[1] / sums[0]).as("null mean over simulated mean").isBetween(0.95, 1.05);
        assertThat(rates[1]).as("Z at 5 %%").isBetween(0.035, 0.065);
    }

    @Test
    void theShiftOfCalibrationKeepsItsLevelForAModelThatWasNeverCalibrated() {
        SplittableRandom random = new SplittableRandom(106);
        assertLevels(rejections(2000, () -> new CalibrationShift()
                .evaluate(overconfident(random, 5000), overconfident(random, 1000))
                .pValue()));
    }

    private static void assertLevels(double[] rates) {
        print(rates);
        assertThat(rates[0]).as("rate at 1 %%").isBetween(0.003, 0.020);
        assertThat(rates[1]).as("rate at 5 %%").isBetween(0.035, 0.065);
    }

    private static void print(double[] rates) {
        System.out.printf("[figure] 1 %%: %.4f, 5 %%: %.4f%n", rates[0], rates[1]);
    }

    private static double[] rejections(int runs, DoubleSupplier pValue) {
        int atOne = 0;
        int atFive = 0;
        for (int run = 0; run < runs; run++) {
            double p = pValue.getAsDouble();
            atOne += p < 0.01 ? 1 : 0;
            atFive += p < 0.05 ? 1 : 0;
        }
        return new double[] {atOne / (double) runs, atFive / (double) runs};
    }

    private static double[] evenShares(int bins) {
        double[] shares = new double[bins];
        Arrays.fill(shares, 1.0 / bins);
        return shares;
    }

    private static double[] zipfShares(int categories) {
        double[] shares = new double[categories];
        Arrays.setAll(shares, i -> 1.0 / (i + 1));
        double sum = Arrays.stream(shares).sum();
        return Arrays.stream(shares).map(share -> share / sum).toArray();
    }

    private static long[] multinomial(SplittableRandom random, double[] shares, int events) {
        double[] cumulated = shares.clone();
        Arrays.parallelPrefix(cumulated, Double::sum);
        long[] counts = new long[shares.length];
        for (int i = 0; i < events; i++) {
            int position = Arrays.binarySearch(cumulated, random.nextDouble());
            counts[Math.min(shares.length - 1, position >= 0 ? position : -position - 1)]++;
        }
        return counts;
    }

    private static double[][] mappedPopulation(SplittableRandom random, int vectors) {
        return mapped(random, vectors, TOPICS);
    }

    /** Vectors around the centres of topics, equally many of each, as features. */
    private static double[][] mapped(SplittableRandom random, int vectors, int topics) {
        double[][] mapped = new double[vectors][];
        Arrays.setAll(mapped, i -> {
            double[] vector = new double[DIMENSION];
            Arrays.setAll(vector, k -> CENTRES[i % topics][k] + 0.5 * random.nextGaussian());
            return FEATURES.map(vector);
        });
        return mapped;
    }

    private static double[][] centres() {
        SplittableRandom random = new SplittableRandom(108);
        double[][] centres = new double[TOPICS][DIMENSION];
        for (double[] centre : centres) {
            Arrays.setAll(centre, k -> random.nextGaussian());
        }
        return centres;
    }

    private static FourierSums draw(SplittableRandom random, double[][] pool, int vectors) {
        double[] sums = new double[pool[0].length];
        for (int i = 0; i < vectors; i++) {
            double[] vector = pool[random.nextInt(pool.length)];
            for (int k = 0; k < sums.length; k++) {
                sums[k] += vector[k];
            }
        }
        return new FourierSums(vectors, sums);
    }

    /** Beta(5, 2), as a model that is mostly sure: the fifth of six uniform numbers. */
    private static double[] confidences(SplittableRandom random, int n) {
        double[] confidences = new double[n];
        Arrays.setAll(
                confidences, i -> random.doubles(6).sorted().skip(4).findFirst().orElseThrow());
        return confidences;
    }

    private static double[] outcomes(SplittableRandom random, double[] chances) {
        return Arrays.stream(chances).map(p -> random.nextDouble() < p ? 1 : 0).toArray();
    }

    private static ReliabilityBins overconfident(SplittableRandom random, int n) {
        double[] confidence = random.doubles(n).map(u -> 0.3 + 0.7 * u).toArray();
        double[] chances = Arrays.stream(confidence).map(p -> 0.8 * p).toArray();
        return ReliabilityBins.of(15, confidence, outcomes(random, chances));
    }
}
