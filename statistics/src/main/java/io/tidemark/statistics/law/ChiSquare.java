package io.tidemark.statistics.law;

import io.tidemark.statistics.error.InputChecks;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/** Upper tail of the chi-square law; with zero degrees of freedom the whole mass lies at 0. */
public final class ChiSquare {

    private ChiSquare() {}

    /**
     * {@code P(X >= statistic)}.
     *
     * @param degreesOfFreedom at least 0, need not be whole
     * @throws io.tidemark.statistics.error.StatisticsException NON_FINITE_INPUT
     */
    public static double survival(double degreesOfFreedom, double statistic) {
        InputChecks.finite("statistic", statistic);
        if (degreesOfFreedom == 0 || statistic <= 0) {
            return 1;
        }
        return ChiSquaredDistribution.of(degreesOfFreedom).survivalProbability(statistic);
    }

    /**
     * The value that is exceeded with probability {@code level}.
     *
     * @param degreesOfFreedom at least 0, need not be whole
     * @param level in (0, 1)
     * @throws io.tidemark.statistics.error.StatisticsException OUT_OF_RANGE
     */
    public static double upperQuantile(double degreesOfFreedom, double level) {
        InputChecks.strictlyBetween("level", level, 0, 1);
        if (degreesOfFreedom == 0) {
            return 0;
        }
        return ChiSquaredDistribution.of(degreesOfFreedom).inverseSurvivalProbability(level);
    }
}
