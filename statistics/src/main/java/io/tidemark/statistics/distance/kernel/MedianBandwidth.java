package io.tidemark.statistics.distance.kernel;

import io.tidemark.statistics.error.ErrorCode;
import io.tidemark.statistics.error.StatisticsException;
import java.util.Arrays;

/**
 * Bandwidth of a Gaussian kernel: the median of the Euclidean distances of all pairs, in the unit of the vectors.
 *
 * <p>A. Gretton et al., "A kernel two-sample test", JMLR 13, 2012, section 8. Differs from the paper: with an even number
 * of pairs, the mean of the two middle distances.
 */
public final class MedianBandwidth {

    private MedianBandwidth() {}

    /**
     * The median distance. Memory grows with the square of the number of vectors: give it a sample of at most a few
     * thousand.
     *
     * @throws StatisticsException DEGENERATE_BANDWIDTH when it is 0, INSUFFICIENT_DATA under two vectors
     */
    public static double of(double[][] vectors) {
        if (vectors.length < 2) {
            throw new StatisticsException(
                    ErrorCode.INSUFFICIENT_DATA, "a median distance needs 2 vectors, got " + vectors.length);
        }
        double[] distances = distances(vectors);
        Arrays.sort(distances);
        int middle = distances.length / 2;
        double median = distances.length % 2 == 1 ? distances[middle] : (distances[middle - 1] + distances[middle]) / 2;
        if (!(median > 0)) {
            throw new StatisticsException(
                    ErrorCode.DEGENERATE_BANDWIDTH,
                    "the median distance of %d vectors is 0; at least half of the pairs are equal"
                            .formatted(vectors.length));
        }
        return median;
    }

    private static double[] distances(double[][] vectors) {
        double[] distances = new double[Math.toIntExact((long) vectors.length * (vectors.length - 1) / 2)];
        int next = 0;
        for (int i = 0; i < vectors.length; i++) {
            for (int j = 0; j < i; j++) {
                distances[next++] = Math.sqrt(Vectors.squaredDistance(vectors[i], vectors[j]));
            }
        }
        return distances;
    }
}
