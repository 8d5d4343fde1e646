package io.tidemark.statistics.multiplicity;

import io.tidemark.statistics.error.InputChecks;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Step-up rule over p-values in [0, 1]: rejects the {@code k} smallest with {@code p_(k) <= k q / N}, {@code k} maximal.
 * For one look at independent or positively dependent p-values; p-values of a stream that is looked at again and again
 * need {@link EvidenceBenjaminiHochberg}.
 *
 * <p>Y. Benjamini, Y. Hochberg, "Controlling the false discovery rate", J. R. Stat. Soc. B 57(1), 1995,
 * doi:10.1111/j.2517-6161.1995.tb02031.x. Differs from the paper: nothing; decided on adjusted p-values.
 */
public final class BenjaminiHochberg implements DiscoveryRule {

    @Override
    public String id() {
        return "bh";
    }

    /** See the interface; the evidence are p-values, the smaller the stronger. */
    @Override
    public int[] discoveries(double[] evidence, double falseDiscoveryRate) {
        InputChecks.strictlyBetween("q", falseDiscoveryRate, 0, 1);
        double[] adjusted = adjusted(evidence);
        return IntStream.range(0, adjusted.length)
                .filter(i -> adjusted[i] <= falseDiscoveryRate)
                .toArray();
    }

    /**
     * The smallest q at which each hypothesis is rejected, in the order of the input.
     *
     * @throws io.tidemark.statistics.error.StatisticsException NON_FINITE_INPUT or OUT_OF_RANGE
     */
    public static double[] adjusted(double[] pValues) {
        InputChecks.probabilities("p", pValues);
        Integer[] descending = IntStream.range(0, pValues.length)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(i -> pValues[i]).reversed())
                .toArray(Integer[]::new);
        double[] adjusted = new double[pValues.length];
        double smallest = 1;
        for (int position = 0; position < descending.length; position++) {
            int rank = pValues.length - position;
            smallest = Math.min(smallest, pValues[descending[position]] * ((double) pValues.length / rank));
            adjusted[descending[position]] = smallest;
        }
        return adjusted;
    }
}
