package io.tidemark.statistics.sequential;

import io.tidemark.statistics.error.ErrorCode;
import io.tidemark.statistics.error.InputChecks;
import io.tidemark.statistics.error.StatisticsException;
import java.util.Arrays;

/**
 * One natural logarithm for each alternative: of a likelihood ratio, or of a detector's statistic, where minus infinity
 * stands for 0. Multiplying ratios adds these.
 *
 * @param values one for each alternative, none NaN or plus infinity
 * @throws StatisticsException NON_FINITE_INPUT for NaN and plus infinity
 */
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and out; equality is by content
public record LogRatios(double[] values) {

    public LogRatios {
        values = values.clone();
        for (int i = 0; i < values.length; i++) {
            if (Double.isNaN(values[i]) || values[i] == Double.POSITIVE_INFINITY) {
                throw new StatisticsException(
                        ErrorCode.NON_FINITE_INPUT,
                        "log ratio %d must be finite or minus infinity, got %s".formatted(i, values[i]));
            }
        }
    }

    /** The ratio 1 for each of some alternatives: neutral in {@link #times}. */
    public static LogRatios ones(int alternatives) {
        return new LogRatios(new double[alternatives]);
    }

    /** The statistic 0 for each of some alternatives. */
    static LogRatios zeros(int alternatives) {
        double[] values = new double[alternatives];
        Arrays.fill(values, Double.NEGATIVE_INFINITY);
        return new LogRatios(values);
    }

    /** Product of the ratios, alternative by alternative; LENGTH_MISMATCH if the alternatives differ in number. */
    public LogRatios times(LogRatios other) {
        InputChecks.sameLength("values", values.length, "other values", other.values.length);
        double[] sums = values.clone();
        for (int i = 0; i < sums.length; i++) {
            sums[i] += other.values[i];
        }
        return new LogRatios(sums);
    }

    /** Number of alternatives. */
    public int size() {
        return values.length;
    }

    /** Logarithm for one alternative. */
    public double value(int alternative) {
        return values[alternative];
    }

    @Override
    public double[] values() {
        return values.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LogRatios ratios && Arrays.equals(values, ratios.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "LogRatios" + Arrays.toString(values);
    }
}
