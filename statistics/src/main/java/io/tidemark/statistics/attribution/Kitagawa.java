package io.tidemark.statistics.attribution;

import static io.tidemark.statistics.error.InputChecks.atLeast;
import static io.tidemark.statistics.error.InputChecks.counts;
import static io.tidemark.statistics.error.InputChecks.finite;
import static io.tidemark.statistics.error.InputChecks.probabilities;
import static io.tidemark.statistics.error.InputChecks.sameLength;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Splits the change of a rate into mix and rate, exactly: {@code total = sum(mix_i) + sum(rate_i)} with
 * {@code mix_i = (w1_i - w0_i)(r0_i + r1_i)/2} and {@code rate_i = (r1_i - r0_i)(w0_i + w1_i)/2}, weights {@code w}
 * normalised to 1 on each side. Publish both, and the strata that lead; {@link MantelHaenszel} tests the rate part.
 *
 * <p>State: weight and rate of each stratum. Unit: that of the rates. Domain: weights of at least 0, rates in [0, 1].
 *
 * <p>E. M. Kitagawa, "Components of a Difference Between Two Rates", J. Am. Stat. Assoc. 50(272), 1955,
 * doi:10.1080/01621459.1955.10501299. Same as the paper.
 *
 * <p>Throws {@link io.tidemark.statistics.error.StatisticsException}: LENGTH_MISMATCH, NON_FINITE_INPUT, NEGATIVE_COUNT for
 * a weight below 0, OUT_OF_RANGE for a rate outside [0, 1], INSUFFICIENT_DATA for a side without weight.
 */
public final class Kitagawa {

    /**
     * Splits the change from side 0 to side 1.
     *
     * @param weights0 traffic of each stratum before, in any unit
     * @param rates0 rate of each stratum before
     * @param weights1 traffic of each stratum after, in any unit
     * @param rates1 rate of each stratum after
     */
    public Decomposition decompose(double[] weights0, double[] rates0, double[] weights1, double[] rates1) {
        sameLength("weights0", weights0.length, "rates0", rates0.length);
        sameLength("weights0", weights0.length, "weights1", weights1.length);
        sameLength("weights0", weights0.length, "rates1", rates1.length);
        finite("weights0", weights0);
        finite("weights1", weights1);
        probabilities("rates0", rates0);
        probabilities("rates1", rates1);
        double[] shares0 = shares("weights0", weights0);
        double[] shares1 = shares("weights1", weights1);
        List<Stratum> strata = new ArrayList<>();
        double mix = 0;
        double rate = 0;
        for (int i = 0; i < shares0.length; i++) {
            Stratum stratum = new Stratum(
                    (shares1[i] - shares0[i]) * (rates0[i] + rates1[i]) / 2,
                    (rates1[i] - rates0[i]) * (shares0[i] + shares1[i]) / 2);
            strata.add(stratum);
            mix += stratum.mix();
            rate += stratum.rate();
        }
        return new Decomposition(mix + rate, mix, rate, List.copyOf(strata));
    }

    private static double[] shares(String name, double[] weights) {
        double sum = Arrays.stream(counts(name, weights)).sum();
        atLeast("sum of " + name, sum, Double.MIN_NORMAL);
        return Arrays.stream(weights).map(weight -> weight / sum).toArray();
    }

    /**
     * The change and its parts.
     *
     * @param total change of the overall rate
     * @param mix part from the moved mix of strata
     * @param rate part from changed rates inside the strata
     * @param strata parts of each stratum, in the order given
     */
    public record Decomposition(double total, double mix, double rate, List<Stratum> strata) {}

    /** Parts of one stratum. */
    public record Stratum(double mix, double rate) {}
}
