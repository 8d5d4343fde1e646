package io.tidemark.statistics.distance;

/** A distance between two samples of numbers, in any order; 0 when they are equal as multisets. */
public interface SampleDistance {

    /** Stable name, as in rules and in reference vectors. */
    String id();

    /**
     * The distance of the two samples.
     *
     * @param baseline at least one finite value
     * @param current at least one finite value
     * @throws io.tidemark.statistics.error.StatisticsException NON_FINITE_INPUT or INSUFFICIENT_DATA
     */
    double score(double[] baseline, double[] current);
}
