package io.tidemark.statistics.sequential;

import static io.tidemark.statistics.error.InputChecks.finite;
import static io.tidemark.statistics.error.InputChecks.positive;

import io.tidemark.statistics.error.ErrorCode;
import io.tidemark.statistics.error.StatisticsException;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Mean number of values until a {@link CusumDetector} alarms (ARL), for independent normal values of variance 1.
 *
 * <p>Solves {@code L(z) = 1 + L(0) Phi(k - z - mu) + integral over [0, h] of L(y) phi(y + k - z - mu) dy} at 200
 * Gauss-Legendre nodes and returns {@code L(0)}, in values.
 *
 * <p>E. S. Page, Biometrika 41(1-2), 1954; D. Brook, D. A. Evans, "An approach to the probability distribution of cusum
 * run length", Biometrika 59(3), 1972, doi:10.1093/biomet/59.3.539. Differs from the papers: quadrature of the integral
 * equation, not a Markov chain.
 *
 * <p>Throws {@link StatisticsException}: NON_FINITE_INPUT, OUT_OF_RANGE for {@code h} not above 0 or a run length beyond
 * 1e14, which doubles cannot resolve.
 */
public final class CusumRunLength {

    private static final int NODES = 200;
    private static final double LARGEST = 1e14;
    private static final NormalDistribution STANDARD = NormalDistribution.of(0, 1);

    private CusumRunLength() {}

    /**
     * Mean run length from a sum of 0, in values.
     *
     * @param allowance {@code k}, in standard deviations
     * @param threshold {@code h}, in standard deviations, above 0
     * @param mean mean {@code mu} of the values: 0 gives the time to a false alarm
     */
    public static double mean(double allowance, double threshold, double mean) {
        double drift = finite("allowance", allowance) - finite("mean", mean);
        GaussLegendre rule = GaussLegendre.on(positive("threshold", threshold), NODES);
        DMatrixRMaj system = CommonOps_DDRM.identity(NODES + 1);
        DMatrixRMaj lengths = new DMatrixRMaj(NODES + 1, 1);
        DMatrixRMaj ones = new DMatrixRMaj(NODES + 1, 1);
        CommonOps_DDRM.fill(ones, 1);
        for (int row = 0; row <= NODES; row++) {
            double from = row == 0 ? 0 : rule.node(row - 1);
            system.add(row, 0, -STANDARD.cumulativeProbability(drift - from));
            for (int column = 1; column <= NODES; column++) {
                double step = rule.node(column - 1) + drift - from;
                system.add(row, column, -rule.weight(column - 1) * STANDARD.density(step));
            }
        }
        boolean solved = CommonOps_DDRM.solve(system, ones, lengths);
        double length = lengths.get(0, 0);
        if (!solved || !(length >= 1 && length <= LARGEST)) {
            throw new StatisticsException(
                    ErrorCode.OUT_OF_RANGE,
                    "the run length for k=%s, h=%s, mean=%s is beyond %s; lower the threshold"
                            .formatted(allowance, threshold, mean, LARGEST));
        }
        return length;
    }
}
