package io.tidemark.statistics.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.statistics.calibration.CalibrationError;
import io.tidemark.statistics.calibration.ForecastSums;
import io.tidemark.statistics.calibration.ReliabilityBins;
import io.tidemark.statistics.calibration.SpiegelhalterTest;
import io.tidemark.statistics.distance.BaselineBins;
import io.tidemark.statistics.distance.PearsonChiSquare;
import io.tidemark.statistics.distance.PopulationStabilityIndex;
import io.tidemark.statistics.distance.RarePooling;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.datasketches.kll.KllDoublesSketch;
import org.apache.datasketches.quantilescommon.QuantileSearchCriteria;
import org.junit.jupiter.api.Test;

/** Naive methods, each shown to raise false alarms on data in which nothing has changed, beside ours, which does not. */
class NegativeControlsTest {

    /** Critical value of Kolmogorov-Smirnov at 1 %: K(1.628) = 0.99. */
    private static final double KOLMOGOROV_ONE_PERCENT = 1.628;

    @Test
    void aKolmogorovSmirnovTestOnSketchesSeesDriftThatIsNotThere() {
        int values = 200_000;
        int runs = 20;
        SplittableRandom random = new SplittableRandom(301);
        int naive = 0;
        int ours = 0;
        for (int run = 0; run < runs; run++) {
            double[] baseline = random.doubles(values).toArray();
            double[] current = random.doubles(values).toArray();
            double distance = sketchedDistance(baseline, current);
            naive += distance > KOLMOGOROV_ONE_PERCENT * Math.sqrt(2.0 / values) ? 1 : 0;
            BaselineBins bins = BaselineBins.ofQuantiles(baseline, 20);
            double p = new PopulationStabilityIndex()
                    .evaluate(RarePooling.pool(
                            bins.count(baseline).counts(), bins.count(current).counts()))
                    .pValue();
            ours += p < 0.01 ? 1 : 0;
        }
        System.out.printf("[figure] KS on sketches %d/%d, counted bins %d/%d%n", naive, runs, ours, runs);
        assertThat(naive).isGreaterThanOrEqualTo(runs * 9 / 10);
        assertThat(ours).isLessThanOrEqualTo(2);
    }

    private static double sketchedDistance(double[] baseline, double[] current) {
        KllDoublesSketch left = KllDoublesSketch.newHeapInstance(200);
        KllDoublesSketch right = KllDoublesSketch.newHeapInstance(200);
        Arrays.stream(baseline).forEach(left::update);
        Arrays.stream(current).forEach(right::update);
        double largest = 0;
        for (double x = 0.005; x < 1; x += 0.005) {
            double gap = left.getRank(x, QuantileSearchCriteria.INCLUSIVE)
                    - right.getRank(x, QuantileSearchCriteria.INCLUSIVE);
            largest = Math.max(largest, Math.abs(gap));
        }
        return largest;
    }

    @Test
    void aThresholdOnTheRawCalibrationErrorAlarmsOnCalibratedForecasts() {
        int runs = 1000;
        SplittableRandom random = new SplittableRandom(302);
        int naive = 0;
        int excess = 0;
        int ours = 0;
        for (int run = 0; run < runs; run++) {
            double[] confidence = random.doubles(100).toArray();
            double[] correct = Arrays.stream(confidence)
                    .map(p -> random.nextDouble() < p ? 1 : 0)
                    .toArray();
            ReliabilityBins bins = ReliabilityBins.of(15, confidence, correct);
            double error = new CalibrationError().score(bins);
            boolean significant = new SpiegelhalterTest().pValue(ForecastSums.of(confidence, correct)) < 0.01;
            naive += error > 0.05 ? 1 : 0;
            ours += significant ? 1 : 0;
            excess += significant && error - new CalibrationError().nullMean(bins) > 0.02 ? 1 : 0;
        }
        System.out.printf("[figure] raw ECE > 0.05: %d, Z: %d, both: %d of %d%n", naive, ours, excess, runs);
        assertThat(naive).isGreaterThan(runs * 95 / 100);
        assertThat(ours).isLessThanOrEqualTo(20);
        assertThat(excess).isLessThanOrEqualTo(ours);
    }

    @Test
    void countingEveryTurnOfAConversationAlarmsOnTheSameTopics() {
        int runs = 1000;
        int topics = 10;
        int turns = 5;
        SplittableRandom random = new SplittableRandom(303);
        int perTurn = 0;
        int perConversation = 0;
        for (int run = 0; run < runs; run++) {
            long[] baseline = conversations(random, topics, 2000);
            long[] current = conversations(random, topics, 400);
            PearsonChiSquare test = new PearsonChiSquare();
            perConversation += test.evaluate(baseline, current).pValue() < 0.01 ? 1 : 0;
            perTurn +=
                    test.evaluate(times(baseline, turns), times(current, turns)).pValue() < 0.01 ? 1 : 0;
        }
        System.out.printf("[figure] per turn %d, per conversation %d of %d%n", perTurn, perConversation, runs);
        assertThat(perTurn).isGreaterThan(runs * 9 / 10);
        assertThat(perConversation).isBetween(3, 20);
    }

    private static long[] conversations(SplittableRandom random, int topics, int count) {
        long[] counts = new long[topics];
        for (int i = 0; i < count; i++) {
            counts[random.nextInt(topics)]++;
        }
        return counts;
    }

    private static long[] times(long[] counts, int turns) {
        return Arrays.stream(counts).map(count -> count * turns).toArray();
    }

    @Test
    void aFixedThresholdOnTheStabilityIndexIsAnotherTestAtEachSize() {
        SplittableRandom random = new SplittableRandom(304);
        int runs = 1000;
        int small = 0;
        int large = 0;
        int ours = 0;
        for (int run = 0; run < runs; run++) {
            PopulationStabilityIndex index = new PopulationStabilityIndex();
            var atHundred = index.evaluate(conversations(random, 10, 100), conversations(random, 10, 100));
            small += atHundred.psi() > 0.1 ? 1 : 0;
            ours += atHundred.pValue() < 0.01 && atHundred.biasAdjusted() >= 0.1 ? 1 : 0;
            large += index.score(conversations(random, 10, 10_000), conversations(random, 10, 500)) > 0.1 ? 1 : 0;
        }
        System.out.printf(
                "[figure] PSI > 0.1: %d at 100/100, %d at 10000/500; ours %d of %d%n", small, large, ours, runs);
        assertThat(small / (double) runs).isBetween(0.81 * 0.85, 0.81 * 1.15);
        assertThat(large).isZero();
        assertThat(ours).isLessThanOrEqualTo(20);
    }
}
