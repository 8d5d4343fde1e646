package io.tidemark.statistics.calibration;

import io.tidemark.statistics.error.InputChecks;
import java.util.Arrays;

/**
 * Forecasts in equally wide bins of their confidence, each bin closed on the right: the mergeable state of
 * {@link CalibrationError} and {@link CalibrationShift}.
 *
 * @param counts number of forecasts in each bin
 * @param confidences sum of the confidences in each bin
 * @param correct number of forecasts that came true in each bin
 */
@SuppressWarnings("ArrayRecordComponent") // arrays store and merge fast; equality is by content
public record ReliabilityBins(long[] counts, double[] confidences, long[] correct) {

    /** Usual number of bins. */
    public static final int DEFAULT_BINS = 15;

    public ReliabilityBins {
        InputChecks.counts("counts", counts);
        InputChecks.counts("confidences", confidences);
        InputChecks.counts("correct", correct);
        InputChecks.sameLength("counts", counts.length, "confidences", confidences.length);
        InputChecks.sameLength("counts", counts.length, "correct", correct.length);
    }

    /**
     * The neutral element of {@link #merge}.
     *
     * @throws io.tidemark.statistics.error.StatisticsException OUT_OF_RANGE for fewer than one bin
     */
    public static ReliabilityBins empty(int bins) {
        InputChecks.between("bins", bins, 1, Integer.MAX_VALUE);
        return new ReliabilityBins(new long[bins], new double[bins], new long[bins]);
    }

    /**
     * The bins of a list of forecasts.
     *
     * @param confidence stated probabilities, in [0, 1]
     * @param correct 1 where the forecast came true, else 0
     * @throws io.tidemark.statistics.error.StatisticsException NON_FINITE_INPUT, LENGTH_MISMATCH, INSUFFICIENT_DATA,
     *     OUT_OF_RANGE
     */
    public static ReliabilityBins of(int bins, double[] confidence, double[] correct) {
        Forecasts.check(confidence, correct);
        ReliabilityBins state = empty(bins);
        for (int i = 0; i < confidence.length; i++) {
            state.add(confidence[i], correct[i] == 1);
        }
        return state;
    }

    /**
     * These bins with one more forecast.
     *
     * @throws io.tidemark.statistics.error.StatisticsException NON_FINITE_INPUT or OUT_OF_RANGE
     */
    public ReliabilityBins plus(double confidence, boolean isCorrect) {
        InputChecks.probability("confidence", confidence);
        ReliabilityBins sum = new ReliabilityBins(counts.clone(), confidences.clone(), correct.clone());
        sum.add(confidence, isCorrect);
        return sum;
    }

    /**
     * The bins of both samples; the order matters only in the last digits of the confidences.
     *
     * @throws io.tidemark.statistics.error.StatisticsException LENGTH_MISMATCH when the numbers of bins differ
     */
    public ReliabilityBins merge(ReliabilityBins other) {
        InputChecks.sameLength("left bins", size(), "right bins", other.size());
        ReliabilityBins sum = empty(size());
        for (int bin = 0; bin < size(); bin++) {
            sum.counts[bin] = Math.addExact(counts[bin], other.counts[bin]);
            sum.confidences[bin] = confidences[bin] + other.confidences[bin];
            sum.correct[bin] = Math.addExact(correct[bin], other.correct[bin]);
        }
        return sum;
    }

    /** Number of bins. */
    public int size() {
        return counts.length;
    }

    /** Number of forecasts. */
    public long total() {
        return Arrays.stream(counts).sum();
    }

    /** Mean confidence of a bin that is not empty. */
    double meanConfidence(int bin) {
        return confidences[bin] / counts[bin];
    }

    /** Share that came true minus mean confidence, of a bin that is not empty. */
    double gap(int bin) {
        return (correct[bin] - confidences[bin]) / counts[bin];
    }

    private void add(double confidence, boolean isCorrect) {
        int bin = (int) Math.min(size() - 1, Math.max(0, Math.ceil(confidence * size()) - 1));
        counts[bin]++;
        confidences[bin] += confidence;
        correct[bin] += isCorrect ? 1 : 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ReliabilityBins that
                && Arrays.equals(counts, that.counts)
                && Arrays.equals(confidences, that.confidences)
                && Arrays.equals(correct, that.correct);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Arrays.hashCode(counts) + Arrays.hashCode(confidences)) + Arrays.hashCode(correct);
    }

    @Override
    public String toString() {
        return "ReliabilityBins[counts=%s, confidences=%s, correct=%s]"
                .formatted(Arrays.toString(counts), Arrays.toString(confidences), Arrays.toString(correct));
    }
}
