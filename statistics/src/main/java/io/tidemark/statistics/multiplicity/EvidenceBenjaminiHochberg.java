package io.tidemark.statistics.multiplicity;

import io.tidemark.statistics.error.ErrorCode;
import io.tidemark.statistics.error.InputChecks;
import io.tidemark.statistics.error.StatisticsException;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * e-BH: the step-up rule over e-values: rejects the {@code k} largest with {@code k e_(k) >= N / q}, {@code k} maximal.
 * It holds under any dependence of the slices and, over e-processes, at every tick.
 *
 * <p>R. Wang, A. Ramdas, "False discovery rate control with e-values", J. R. Stat. Soc. B 84(3), 2022,
 * doi:10.1111/rssb.12489. Differs from the paper: also takes log e-values, because 1e9 events give e-values that no
 * double holds.
 */
public final class EvidenceBenjaminiHochberg implements DiscoveryRule {

    @Override
    public String id() {
        return "ebh";
    }

    /** See the interface; the evidence are e-values of at least 0, the larger the stronger. */
    @Override
    public int[] discoveries(double[] evidence, double falseDiscoveryRate) {
        InputChecks.finite("e", evidence);
        for (int i = 0; i < evidence.length; i++) {
            if (evidence[i] < 0) {
                throw new StatisticsException(
                        ErrorCode.OUT_OF_RANGE, "e[%d] must be >= 0, got %s".formatted(i, evidence[i]));
            }
        }
        return discoveries(evidence, falseDiscoveryRate, false);
    }

    /**
     * The rejected hypotheses.
     *
     * @param logEvidence natural logarithms of e-values; minus infinity stands for an e-value of 0
     * @param falseDiscoveryRate q in (0, 1)
     * @return their zero-based indexes, ascending
     * @throws StatisticsException NON_FINITE_INPUT for NaN or plus infinity, OUT_OF_RANGE
     */
    public int[] discoveriesOfLogs(double[] logEvidence, double falseDiscoveryRate) {
        for (int i = 0; i < logEvidence.length; i++) {
            if (Double.isNaN(logEvidence[i]) || logEvidence[i] == Double.POSITIVE_INFINITY) {
                throw new StatisticsException(
                        ErrorCode.NON_FINITE_INPUT, "log e[%d] must be a number, got %s".formatted(i, logEvidence[i]));
            }
        }
        return discoveries(logEvidence, falseDiscoveryRate, true);
    }

    private static int[] discoveries(double[] evidence, double falseDiscoveryRate, boolean logarithmic) {
        InputChecks.strictlyBetween("q", falseDiscoveryRate, 0, 1);
        Integer[] strongestFirst = IntStream.range(0, evidence.length)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(i -> evidence[i]).reversed())
                .toArray(Integer[]::new);
        for (int k = strongestFirst.length; k >= 1; k--) {
            double weakest = evidence[strongestFirst[k - 1]];
            if (reaches(weakest, k, evidence.length, falseDiscoveryRate, logarithmic)) {
                return IntStream.range(0, k)
                        .map(position -> strongestFirst[position])
                        .sorted()
                        .toArray();
            }
        }
        return new int[0];
    }

    private static boolean reaches(double weakest, int k, int hypotheses, double q, boolean logarithmic) {
        return logarithmic ? weakest >= Math.log(hypotheses / q) - Math.log(k) : k * weakest >= hypotheses / q;
    }
}
