package io.tidemark.statistics.interval;

import static io.tidemark.statistics.error.InputChecks.positive;
import static io.tidemark.statistics.error.InputChecks.strictlyBetween;

import io.tidemark.statistics.counts.Moments;

/**
 * Confidence sequence for a mean: the bounds hold at all looks at once, asymptotically (burn in as for
 * {@link io.tidemark.statistics.sequential.NormalMixtureEProcess}).
 *
 * <p>{@code V = n s^2}, half width {@code sqrt((V + rho) ln((V + rho) / (rho alpha^2))) / n}, in the unit of the values.
 * State: count, mean and squared deviations. Domain: at least two values.
 *
 * <p>H. Robbins, Ann. Math. Stat. 41(5), 1970; S. R. Howard, A. Ramdas, J. McAuliffe, J. Sekhon, "Time-uniform,
 * nonparametric, nonasymptotic confidence sequences", Ann. Stat. 49(2), 2021, doi:10.1214/20-AOS1991. Differs from the
 * papers: the variance is estimated.
 *
 * <p>Throws {@link io.tidemark.statistics.error.StatisticsException}: OUT_OF_RANGE for alpha outside (0, 1) or rho not
 * above 0, INSUFFICIENT_DATA under two values.
 */
public final class NormalMixtureSequence {

    private final double rho;
    private final double alpha;

    /**
     * @param rho accumulated variance {@code n s^2} at which the bounds are tightest, in squared units of the values
     * @param alpha chance that the mean ever leaves the bounds, in (0, 1)
     */
    public NormalMixtureSequence(double rho, double alpha) {
        this.rho = positive("rho", rho);
        this.alpha = strictlyBetween("alpha", alpha, 0, 1);
    }

    /** Bounds of the mean. */
    public Bounds of(Moments values) {
        double accumulated = values.count() * values.variance();
        double logTerm = Math.log1p(accumulated / rho) - 2 * Math.log(alpha);
        double halfWidth = Math.sqrt((accumulated + rho) * logTerm) / values.count();
        return new Bounds(values.mean() - halfWidth, values.mean() + halfWidth);
    }
}
