package io.tidemark.statistics.distance;

import io.tidemark.statistics.error.ErrorCode;
import io.tidemark.statistics.error.InputChecks;
import io.tidemark.statistics.error.StatisticsException;
import java.util.Arrays;

/**
 * Wasserstein-1 distance of two vectors of counts over ordered bins, each bin standing at one position, in the unit of
 * the positions: the mergeable form of {@link Wasserstein}. It differs from the distance of the raw samples by at most
 * the largest distance of a value from the position of its bin.
 *
 * <p>{@code W1 = sum |F_i - G_i| (x_{i+1} - x_i)}.
 *
 * <p>S. S. Vallender, "Calculation of the Wasserstein distance between probability distributions on the line", Theory
 * Probab. Appl. 18(4), 1974, doi:10.1137/1118101. Differs from the paper: values are rounded to their bin.
 *
 * @param positions where the mass of each bin stands, finite and strictly ascending
 */
@SuppressWarnings("ArrayRecordComponent") // arrays store and merge fast; equality is by content
public record BinnedWasserstein(double[] positions) {

    public BinnedWasserstein {
        InputChecks.finite("positions", positions);
        for (int bin = 1; bin < positions.length; bin++) {
            if (positions[bin] <= positions[bin - 1]) {
                throw new StatisticsException(
                        ErrorCode.OUT_OF_RANGE,
                        "positions must ascend strictly, got %s after %s"
                                .formatted(positions[bin], positions[bin - 1]));
            }
        }
    }

    /**
     * The distance.
     *
     * @throws StatisticsException NEGATIVE_COUNT, LENGTH_MISMATCH, or INSUFFICIENT_DATA when a side counts nothing
     */
    public double score(BinCounts baseline, BinCounts current) {
        InputChecks.sameLength("positions", positions.length, "baseline", baseline.counts().length);
        InputChecks.sameLength("positions", positions.length, "current", current.counts().length);
        InputChecks.positiveTotal("baseline", baseline.total());
        InputChecks.positiveTotal("current", current.total());
        double n = baseline.total();
        double m = current.total();
        double distance = 0;
        double baselineBelow = 0;
        double currentBelow = 0;
        for (int bin = 0; bin + 1 < positions.length; bin++) {
            baselineBelow += baseline.counts()[bin];
            currentBelow += current.counts()[bin];
            double gap = AlignedBins.crossDifference(baselineBelow, m, currentBelow, n) / (n * m);
            distance += Math.abs(gap) * (positions[bin + 1] - positions[bin]);
        }
        return distance;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BinnedWasserstein that && Arrays.equals(positions, that.positions);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(positions);
    }

    @Override
    public String toString() {
        return "BinnedWasserstein" + Arrays.toString(positions);
    }
}
