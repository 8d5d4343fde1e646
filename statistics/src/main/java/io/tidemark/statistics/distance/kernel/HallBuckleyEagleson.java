package io.tidemark.statistics.distance.kernel;

import io.tidemark.statistics.error.ErrorCode;
import io.tidemark.statistics.error.InputChecks;
import io.tidemark.statistics.error.StatisticsException;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Null law of the unbiased squared maximum mean discrepancy, once per baseline: a chi-square law with the same first
 * three moments as the weighted sum of chi-squares that the discrepancy follows when nothing has changed.
 *
 * <p>With the eigenvalues {@code l} of the covariance of the features {@code z}: {@code nu = (sum l^2)^3 / (sum l^3)^2},
 * {@code sd = (1/n + 1/m) sqrt(2 sum l^2)}, {@code p = P(chi2_nu > nu + sqrt(2 nu) MMD^2 / sd)}.
 *
 * <p>P. Hall, "Chi squared approximations to the distribution of a sum of independent random variables", Ann. Probab.
 * 11(4), 1983, doi:10.1214/aop/1176993451; M. J. Buckley, G. K. Eagleson, "An approximation to the distribution of
 * quadratic forms in normal random variables", Austral. J. Statist. 30A, 1988. Differs from the papers: the two sums are
 * the traces of the second and third power of the covariance, so that no eigenvalue needs to be computed.
 *
 * @param squares sum of the squared eigenvalues, positive
 * @param cubes sum of the cubed eigenvalues, positive
 */
public record HallBuckleyEagleson(double squares, double cubes) {

    public HallBuckleyEagleson {
        InputChecks.finite("squares", squares);
        InputChecks.finite("cubes", cubes);
        if (!(squares > 0 && cubes > 0)) {
            throw new StatisticsException(
                    ErrorCode.DEGENERATE_VARIANCE,
                    "the features of the baseline do not vary; sums of squares %s and cubes %s"
                            .formatted(squares, cubes));
        }
    }

    /**
     * From given eigenvalues.
     *
     * @throws StatisticsException NON_FINITE_INPUT, OUT_OF_RANGE for a negative one, INSUFFICIENT_DATA for none,
     *     DEGENERATE_VARIANCE when all are 0
     */
    public static HallBuckleyEagleson ofEigenvalues(double[] eigenvalues) {
        InputChecks.finite("eigenvalues", eigenvalues);
        InputChecks.atLeast("number of eigenvalues", eigenvalues.length, 1);
        double squares = 0;
        double cubes = 0;
        for (double eigenvalue : eigenvalues) {
            InputChecks.between("eigenvalue", eigenvalue, 0, Double.MAX_VALUE);
            squares += eigenvalue * eigenvalue;
            cubes += eigenvalue * eigenvalue * eigenvalue;
        }
        return new HallBuckleyEagleson(squares, cubes);
    }

    /**
     * From the features of vectors of the baseline; 2,000 of them are enough for levels down to 1 %.
     *
     * @param mapped results of {@link RandomFourierFeatures#map}, at least two
     * @throws StatisticsException INSUFFICIENT_DATA, LENGTH_MISMATCH, NON_FINITE_INPUT, DEGENERATE_VARIANCE
     */
    public static HallBuckleyEagleson ofFeatures(double[][] mapped) {
        InputChecks.atLeast("number of mapped vectors", mapped.length, 2);
        DMatrixRMaj covariance = covariance(mapped);
        DMatrixRMaj square = new DMatrixRMaj(covariance.numRows, covariance.numCols);
        CommonOps_DDRM.mult(covariance, covariance, square);
        // the trace of a product of symmetric matrices is the sum of the products of their elements
        DMatrixRMaj cubes = CommonOps_DDRM.elementMult(square, covariance, null);
        return new HallBuckleyEagleson(CommonOps_DDRM.trace(square), CommonOps_DDRM.elementSum(cubes));
    }

    /**
     * From the mapped vectors of a sample that is smaller than the number of features: over pairs and triples of distinct
     * vectors, so that a small sample does not make the sums larger than they are.
     *
     * @param mapped results of {@link RandomFourierFeatures#map}, at least three; 600 are enough for levels down to 1 %
     * @throws StatisticsException INSUFFICIENT_DATA, LENGTH_MISMATCH, NON_FINITE_INPUT, DEGENERATE_VARIANCE
     */
    public static HallBuckleyEagleson ofPairs(double[][] mapped) {
        InputChecks.atLeast("number of mapped vectors", mapped.length, 3);
        int n = mapped.length;
        DMatrixRMaj centred = centred(mapped);
        DMatrixRMaj products = new DMatrixRMaj(n, n);
        CommonOps_DDRM.multOuter(centred, products);
        for (int i = 0; i < n; i++) {
            products.set(i, i, 0);
        }
        DMatrixRMaj square = new DMatrixRMaj(n, n);
        CommonOps_DDRM.mult(products, products, square);
        double pairs = CommonOps_DDRM.trace(square);
        double triples = CommonOps_DDRM.elementSum(CommonOps_DDRM.elementMult(square, products, null));
        return new HallBuckleyEagleson(pairs / ((double) n * (n - 1)), triples / ((double) n * (n - 1) * (n - 2)));
    }

    private static DMatrixRMaj covariance(double[][] mapped) {
        DMatrixRMaj centred = centred(mapped);
        DMatrixRMaj covariance = new DMatrixRMaj(centred.numCols, centred.numCols);
        CommonOps_DDRM.multInner(centred, covariance);
        CommonOps_DDRM.scale(1.0 / (mapped.length - 1), covariance);
        return covariance;
    }

    private static DMatrixRMaj centred(double[][] mapped) {
        int features = mapped[0].length;
        double[] mean = new double[features];
        for (double[] row : mapped) {
            InputChecks.sameLength("mapped vector", row.length, "first mapped vector", features);
            for (int i = 0; i < features; i++) {
                mean[i] += row[i] / mapped.length;
            }
        }
        DMatrixRMaj centred = new DMatrixRMaj(mapped.length, features);
        for (int row = 0; row < mapped.length; row++) {
            for (int i = 0; i < features; i++) {
                centred.set(row, i, mapped[row][i] - mean[i]);
            }
        }
        return centred;
    }

    /**
     * The law for two sample sizes.
     *
     * @param n vectors of the baseline, at least 1
     * @param m current vectors, at least 1
     * @throws StatisticsException NON_FINITE_INPUT, INSUFFICIENT_DATA
     */
    public DiscrepancyNull forSizes(double n, double m) {
        InputChecks.atLeast("n", InputChecks.finite("n", n), 1);
        InputChecks.atLeast("m", InputChecks.finite("m", m), 1);
        return forScale(1 / n + 1 / m);
    }

    /**
     * The law for any contrast of samples.
     *
     * @param scale sum of the squared factors over the sizes, {@code 1/n + 1/m} for two samples
     * @throws StatisticsException OUT_OF_RANGE
     */
    public DiscrepancyNull forScale(double scale) {
        InputChecks.positive("scale", scale);
        double ratio = squares / cubes;
        return new DiscrepancyNull(squares * ratio * ratio, scale * Math.sqrt(2 * squares));
    }
}
