package io.tidemark.statistics.multiplicity;

/** Decides at one moment which of many hypotheses to reject, such that few of the rejections are false. */
public interface DiscoveryRule {

    /** Stable name, as in rules and in reference vectors. */
    String id();

    /**
     * The rejected hypotheses.
     *
     * @param evidence one number for each hypothesis, in the meaning of the rule (p-values or e-values)
     * @param falseDiscoveryRate q, the bound on the expected share of false rejections, in (0, 1)
     * @return their zero-based indexes, ascending
     * @throws io.tidemark.statistics.error.StatisticsException NON_FINITE_INPUT or OUT_OF_RANGE
     */
    int[] discoveries(double[] evidence, double falseDiscoveryRate);
}
