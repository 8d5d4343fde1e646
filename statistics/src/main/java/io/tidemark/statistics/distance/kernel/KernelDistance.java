package io.tidemark.statistics.distance.kernel;

/** A distance between two samples of vectors of one dimension, for example embeddings. */
public interface KernelDistance {

    /** Stable name, as in rules and in reference vectors. */
    String id();

    /**
     * The distance of the two samples.
     *
     * @param baseline at least two finite vectors of one dimension
     * @param current at least two finite vectors of the same dimension
     * @throws io.tidemark.statistics.error.StatisticsException NON_FINITE_INPUT, INSUFFICIENT_DATA, LENGTH_MISMATCH
     */
    double score(double[][] baseline, double[][] current);
}
