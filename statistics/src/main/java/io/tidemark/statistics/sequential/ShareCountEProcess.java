package io.tidemark.statistics.sequential;

import static io.tidemark.statistics.error.InputChecks.positive;
import static io.tidemark.statistics.error.InputChecks.strictlyBetween;

import io.tidemark.statistics.counts.BinomialCounts;
import io.tidemark.statistics.special.LogBeta;

/**
 * Canary against baseline on counts of events alone, at a traffic share that is known and fixed: successes are events of
 * the canary, failures are events of the baseline.
 *
 * <p>Null hypothesis: an event is of the canary with probability {@code s}, the share. Two-sided evidence
 * {@code E = B(a+k_c, b+k_b) / B(a, b) / (s^k_c (1-s)^k_b)}; for "canary worse" the Beta(a, b) prior is cut to (s, 1],
 * which multiplies by {@code Ibar_s(a+k_c, b+k_b) / Ibar_s(a, b)}, {@code Ibar} the regularised upper incomplete beta
 * function. Logarithms add over stages of different shares.
 *
 * <p>The share must be the realised one: with 5 % planned and 5.5 % realised the level is lost (a test shows it). Where
 * the share moves from pane to pane, use {@link RateRatioEProcess}.
 *
 * <p>State: two counts. Domain: counts of at least 0 up to 1e12, {@code s} in (0, 1), {@code a, b > 0}.
 *
 * <p>M. Lindon, A. Malek, "Anytime-Valid Inference For Multinomial Count Data", NeurIPS 2022 (arXiv:2011.03567). Differs
 * from the paper: two arms, and the one-sided prior.
 *
 * <p>Throws {@link io.tidemark.statistics.error.StatisticsException}: OUT_OF_RANGE or NON_FINITE_INPUT for a share or a
 * prior outside its domain, NEGATIVE_COUNT by {@link BinomialCounts}.
 */
public final class ShareCountEProcess implements MergeableEProcess<BinomialCounts, BinomialCounts> {

    /** Which departures from the share the evidence looks for. */
    public enum Side {
        /** More or fewer events of the canary. */
        TWO_SIDED,
        /** More events of the canary. */
        CANARY_WORSE
    }

    private final double share;
    private final double a;
    private final double b;
    private final Side side;

    /**
     * @param share the canary's share of the traffic, in (0, 1)
     * @param a prior weight of the canary's events, above 0
     * @param b prior weight of the baseline's events, above 0
     * @param side departures to look for
     */
    public ShareCountEProcess(double share, double a, double b, Side side) {
        this.share = strictlyBetween("share", share, 0, 1);
        this.a = positive("a", a);
        this.b = positive("b", b);
        this.side = side;
    }

    @Override
    public BinomialCounts start() {
        return BinomialCounts.NONE;
    }

    @Override
    public BinomialCounts update(BinomialCounts state, BinomialCounts events) {
        return state.plus(events);
    }

    @Override
    public BinomialCounts merge(BinomialCounts left, BinomialCounts right) {
        return left.plus(right);
    }

    @Override
    public double logEvidence(BinomialCounts events) {
        double posteriorA = a + events.successes();
        double posteriorB = b + events.failures();
        return switch (side) {
            case TWO_SIDED -> LogBeta.complete(posteriorA, posteriorB, share) - LogBeta.complete(a, b, share);
            case CANARY_WORSE -> LogBeta.upper(posteriorA, posteriorB, share) - LogBeta.upper(a, b, share);
        };
    }
}
