package io.tidemark.statistics.distance.kernel;

import io.tidemark.statistics.error.InputChecks;

/** What every method asks of two samples of vectors: finite, at least two a side, of one dimension. */
final class Vectors {

    private Vectors() {}

    static void check(double[][] baseline, double[][] current) {
        checkFinite("baseline", baseline);
        checkFinite("current", current);
        InputChecks.atLeast("number of baseline vectors", baseline.length, 2);
        InputChecks.atLeast("number of current vectors", current.length, 2);
        checkDimension("baseline", baseline, baseline[0].length);
        checkDimension("current", current, baseline[0].length);
    }

    private static void checkFinite(String name, double[][] vectors) {
        for (double[] vector : vectors) {
            InputChecks.finite(name, vector);
        }
    }

    private static void checkDimension(String name, double[][] vectors, int dimension) {
        for (double[] vector : vectors) {
            InputChecks.sameLength(name, vector.length, "first baseline vector", dimension);
        }
    }

    static double squaredDistance(double[] left, double[] right) {
        double sum = 0;
        for (int i = 0; i < left.length; i++) {
            double difference = left[i] - right[i];
            sum += difference * difference;
        }
        return sum;
    }
}
