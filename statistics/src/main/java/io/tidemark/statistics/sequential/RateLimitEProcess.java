package io.tidemark.statistics.sequential;

import static io.tidemark.statistics.error.InputChecks.positive;
import static io.tidemark.statistics.error.InputChecks.strictlyBetween;

import io.tidemark.statistics.counts.BinomialCounts;
import io.tidemark.statistics.special.LogBeta;

/**
 * Evidence that a rate is over its limit (a service level objective): successes are the bad units.
 *
 * <p>Null hypothesis: the rate is at most {@code p0}. With a Beta(a, b) prior cut to (p0, 1],
 * {@code E = [B(a+s, b+f) Ibar_p0(a+s, b+f)] / [B(a, b) Ibar_p0(a, b)] / (p0^s (1-p0)^f)}; {@code Ibar} is the regularised
 * upper incomplete beta function, {@code s} and {@code f} count bad and good units. For a rate under the limit the
 * likelihood ratio of every alternative has an expected value under 1, so the level holds for the whole null.
 *
 * <p>State: two counts, in any order of panes. Domain: counts of at least 0 up to 1e12, {@code p0} in (0, 1).
 *
 * <p>H. Robbins, "Statistical Methods Related to the Law of the Iterated Logarithm", Ann. Math. Stat. 41(5), 1970,
 * doi:10.1214/aoms/1177696786. Differs from the paper: a beta prior for a binomial rate, cut at the limit.
 *
 * <p>Throws {@link io.tidemark.statistics.error.StatisticsException}: OUT_OF_RANGE or NON_FINITE_INPUT for a limit or a
 * prior outside its domain, NEGATIVE_COUNT by {@link BinomialCounts}.
 */
public final class RateLimitEProcess implements MergeableEProcess<BinomialCounts, BinomialCounts> {

    private static final double JEFFREYS = 0.5;

    private final double limit;
    private final double a;
    private final double b;
    private final double prior;

    /**
     * @param limit highest rate that is allowed, in (0, 1)
     * @param a prior weight of bad units, above 0
     * @param b prior weight of good units, above 0
     */
    public RateLimitEProcess(double limit, double a, double b) {
        this.limit = strictlyBetween("limit", limit, 0, 1);
        this.a = positive("a", a);
        this.b = positive("b", b);
        this.prior = LogBeta.upper(a, b, limit);
    }

    /** With the prior of Jeffreys, Beta(1/2, 1/2). */
    public static RateLimitEProcess usual(double limit) {
        return new RateLimitEProcess(limit, JEFFREYS, JEFFREYS);
    }

    @Override
    public BinomialCounts start() {
        return BinomialCounts.NONE;
    }

    @Override
    public BinomialCounts update(BinomialCounts state, BinomialCounts pane) {
        return state.plus(pane);
    }

    @Override
    public BinomialCounts merge(BinomialCounts left, BinomialCounts right) {
        return left.plus(right);
    }

    @Override
    public double logEvidence(BinomialCounts units) {
        return LogBeta.upper(a + units.successes(), b + units.failures(), limit) - prior;
    }
}
