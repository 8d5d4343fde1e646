package io.tidemark.statistics.attribution;

import static io.tidemark.statistics.error.InputChecks.atLeast;

import io.tidemark.statistics.counts.TwoArmCounts;
import io.tidemark.statistics.error.ErrorCode;
import io.tidemark.statistics.error.StatisticsException;
import java.util.List;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * Canary against baseline with the mix of strata (tenant, intent) held fixed: tests the "rate" part of a change.
 *
 * <p>With bad units {@code a} of {@code n1} in the canary, {@code c} of {@code n0} in the baseline, {@code m} bad of
 * {@code N} in the stratum: odds ratio {@code sum(a (n0-c)/N) / sum((n1-a) c/N)}; chi-square
 * {@code (sum(a - n1 m/N))^2 / sum(n1 n0 m (N-m)/(N^2 (N-1)))} on one degree of freedom without continuity correction;
 * risk difference weighted by {@code n1 n0/N}. State: four counts a stratum. Strata with units of one arm only carry no
 * information and are left out, except from the crude difference. An odds ratio whose denominator is 0 is infinite.
 *
 * <p>W. G. Cochran, Biometrics 10(4), 1954, doi:10.2307/3001616; N. Mantel, W. Haenszel, J. Natl. Cancer Inst. 22(4),
 * 1959, doi:10.1093/jnci/22.4.719. Differs from the latter: no continuity correction.
 *
 * <p>Throws {@link StatisticsException}: INSUFFICIENT_DATA when no stratum has units of both arms, DEGENERATE_VARIANCE when
 * in every stratum all units or none are bad.
 */
public final class MantelHaenszel {

    /** Compares the arms over all strata. */
    public Comparison compare(List<TwoArmCounts> strata) {
        double oddsUp = 0;
        double oddsDown = 0;
        double excess = 0;
        double variance = 0;
        double difference = 0;
        double weightSum = 0;
        TwoArmCounts crude = TwoArmCounts.NONE;
        for (TwoArmCounts stratum : strata) {
            crude = crude.plus(stratum);
            if (stratum.canaryTotal() == 0 || stratum.baselineTotal() == 0) {
                continue;
            }
            double canary = stratum.canaryTotal();
            double baseline = stratum.baselineTotal();
            double total = stratum.total();
            double canaryBad = stratum.canaryBad();
            double baselineBad = stratum.baselineBad();
            double bad = stratum.bad();
            oddsUp += canaryBad * ((baseline - baselineBad) / total);
            oddsDown += (canary - canaryBad) * (baselineBad / total);
            // same as canaryBad - canary * bad / total, without its cancellation at large counts
            excess += (canaryBad * baseline - baselineBad * canary) / total;
            variance += canary / total * (baseline / total) * bad * ((total - bad) / (total - 1));
            double weight = canary * (baseline / total);
            weightSum += weight;
            difference += weight * (canaryBad / canary - baselineBad / baseline);
        }
        atLeast("weight of the strata with both arms", weightSum, Double.MIN_NORMAL);
        if (!(variance > 0)) {
            throw new StatisticsException(
                    ErrorCode.DEGENERATE_VARIANCE, "in every stratum all units are bad, or none is");
        }
        double chiSquare = excess * excess / variance;
        return new Comparison(
                oddsUp / oddsDown,
                chiSquare,
                ChiSquaredDistribution.of(1).survivalProbability(chiSquare),
                difference / weightSum,
                crude.canaryBad() / (double) crude.canaryTotal()
                        - crude.baselineBad() / (double) crude.baselineTotal());
    }

    /**
     * The arms compared.
     *
     * @param oddsRatio common odds ratio canary : baseline, in [0, infinity]
     * @param chiSquare test statistic on one degree of freedom
     * @param pValue of "no stratum differs"
     * @param riskDifference common difference of the bad shares, canary minus baseline
     * @param crudeRiskDifference the same with the strata pooled; an opposite sign is Simpson's paradox
     */
    public record Comparison(
            double oddsRatio, double chiSquare, double pValue, double riskDifference, double crudeRiskDifference) {}
}
