package io.tidemark.statistics.distance;

import io.tidemark.statistics.error.InputChecks;
import java.util.stream.IntStream;
import org.apache.commons.statistics.inference.KolmogorovSmirnovTest;
import org.apache.commons.statistics.inference.PValueMethod;

/**
 * Two-sample Kolmogorov-Smirnov distance {@code D = sup |F - G|} of the empirical distribution functions, in [0, 1].
 *
 * <p>It is for raw samples. A sketch answers ranks with an error that its p-value does not know: never take one from
 * quantiles of a sketch, count exactly in the bins of the baseline instead ({@link PopulationStabilityIndex}).
 *
 * <p>N. V. Smirnov, "Table for estimating the goodness of fit of empirical distributions", Ann. Math. Stat. 19(2), 1948,
 * doi:10.1214/aoms/1177730256. Differs from the paper: the exact law is that of Commons Statistics (continuous data;
 * conservative with ties), the asymptotic law is {@link KolmogorovLimit}.
 */
public final class KolmogorovSmirnov implements SampleDistance {

    @Override
    public String id() {
        return "ks2";
    }

    @Override
    public double score(double[] baseline, double[] current) {
        return EmpiricalGap.supremum(baseline, current);
    }

    /**
     * Probability of a distance at least as large when both samples come from one continuous law, computed exactly. The
     * effort grows with the product of the two sizes; use {@link #asymptoticPValue} from 10,000 values a side on.
     *
     * @throws io.tidemark.statistics.error.StatisticsException NON_FINITE_INPUT or INSUFFICIENT_DATA
     */
    public double exactPValue(double[] baseline, double[] current) {
        SampleChecks.check(baseline, current);
        if (Math.min(baseline.length, current.length) == 1) {
            return againstOneValue(score(baseline, current), Math.max(baseline.length, current.length));
        }
        return KolmogorovSmirnovTest.withDefaults()
                .with(PValueMethod.EXACT)
                .test(baseline, current)
                .getPValue();
    }

    /** One value among {@code m}: its rank is uniform, and {@code j} values below it give {@code D = max(j, m-j) / m}. */
    private static double againstOneValue(double distance, int m) {
        long reached = Math.round(distance * m);
        long extreme = IntStream.rangeClosed(0, m)
                .filter(below -> Math.max(below, m - below) >= reached)
                .count();
        return extreme / (m + 1.0);
    }

    /**
     * The limit of {@link #exactPValue} for large samples: the Kolmogorov law at {@code sqrt(n m / (n + m)) D}.
     *
     * @param distance D in [0, 1]
     * @param n size of the baseline, at least 1
     * @param m size of the current sample, at least 1
     * @throws io.tidemark.statistics.error.StatisticsException OUT_OF_RANGE, NON_FINITE_INPUT or INSUFFICIENT_DATA
     */
    public double asymptoticPValue(double distance, double n, double m) {
        InputChecks.probability("distance", distance);
        InputChecks.atLeast("n", InputChecks.finite("n", n), 1);
        InputChecks.atLeast("m", InputChecks.finite("m", m), 1);
        return KolmogorovLimit.survival(Math.sqrt(n / (n + m) * m) * distance);
    }
}
