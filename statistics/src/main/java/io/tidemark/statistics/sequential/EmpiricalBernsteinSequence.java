package io.tidemark.statistics.sequential;

import static io.tidemark.statistics.error.InputChecks.probability;
import static io.tidemark.statistics.error.InputChecks.strictlyBetween;

import io.tidemark.statistics.interval.Bounds;

/**
 * Confidence sequence for the mean of values in [0, 1], exact for any distribution: the predictable plug-in empirical
 * Bernstein sequence.
 *
 * <p>With bets {@code l_i = min(c, sqrt(2 ln(2/alpha) / (V_{i-1} i ln(1 + i))))} and
 * {@code v_i = (x_i - m_{i-1})^2 (-ln(1 - l_i) - l_i)}, the mean lies in
 * {@code sum(l x)/sum(l) +- (ln(2/alpha) + sum(v)) / sum(l)} at all times at once with probability {@code 1 - alpha};
 * {@code m} and {@code V} are mean and variance so far, started at 1/2 and 1/4. The bounds given are the intersection of
 * all intervals so far.
 *
 * <p>State: eight numbers. The order of the values matters and states do <em>not</em> merge: run it over pane means in
 * the order of time. Against a null "the mean is at most m" the evidence is {@link #logEvidenceAbove}.
 *
 * <p>I. Waudby-Smith, A. Ramdas, "Estimating means of bounded random variables by betting", J. R. Stat. Soc. B 86(1),
 * 2024, doi:10.1093/jrsssb/qkad009, theorem 2. Same as the paper.
 *
 * <p>Throws {@link io.tidemark.statistics.error.StatisticsException}: OUT_OF_RANGE for a value outside [0, 1] or a
 * setting outside (0, 1), NON_FINITE_INPUT for NaN and infinities.
 */
public final class EmpiricalBernsteinSequence {

    private static final double USUAL_LARGEST_BET = 0.5;

    private final double logTwoOverAlpha;
    private final double largestBet;

    /**
     * @param alpha chance that the mean ever leaves the bounds, in (0, 1)
     * @param largestBet {@code c}, in (0, 1); 1/2 is usual
     */
    public EmpiricalBernsteinSequence(double alpha, double largestBet) {
        this.logTwoOverAlpha = Math.log(2 / strictlyBetween("alpha", alpha, 0, 1));
        this.largestBet = strictlyBetween("largestBet", largestBet, 0, 1);
    }

    /** With bets of at most 1/2. */
    public static EmpiricalBernsteinSequence usual(double alpha) {
        return new EmpiricalBernsteinSequence(alpha, USUAL_LARGEST_BET);
    }

    /** State before any value; its bounds are 0 and 1. */
    public BettingState start() {
        return BettingState.START;
    }

    /** State after the next value. */
    public BettingState update(BettingState state, double value) {
        probability("value", value);
        long count = state.count() + 1;
        double bet = bet(state, count);
        double surprise = value - mean(state);
        double sum = state.sum() + value;
        double newMean = (0.5 + sum) / (count + 1);
        double bets = state.bets() + bet;
        double betValues = state.betValues() + bet * value;
        double penalty = state.penalty() + surprise * surprise * (-Math.log1p(-bet) - bet);
        double center = betValues / bets;
        double margin = (logTwoOverAlpha + penalty) / bets;
        return new BettingState(
                count,
                sum,
                state.squaredDeviations() + (value - newMean) * (value - newMean),
                bets,
                betValues,
                penalty,
                Math.max(state.lower(), center - margin),
                Math.min(state.upper(), center + margin));
    }

    private double bet(BettingState state, long next) {
        double variance = (0.25 + state.squaredDeviations()) / next;
        return Math.min(largestBet, Math.sqrt(2 * logTwoOverAlpha / (variance * next * Math.log1p(next))));
    }

    private static double mean(BettingState state) {
        return (0.5 + state.sum()) / (state.count() + 1);
    }

    /**
     * Bounds of the mean that hold at all times at once. When the values change their mean in mid-stream the intersection
     * can become empty; then lower is above upper, which is itself evidence of a change.
     */
    public Bounds bounds(BettingState state) {
        return new Bounds(state.lower(), state.upper());
    }

    /** Logarithm of the evidence against "the mean is at most {@code limit}", limit in [0, 1]. */
    public double logEvidenceAbove(BettingState state, double limit) {
        return state.betValues() - probability("limit", limit) * state.bets() - state.penalty();
    }

    /** Logarithm of the evidence against "the mean is at least {@code limit}", limit in [0, 1]. */
    public double logEvidenceBelow(BettingState state, double limit) {
        return probability("limit", limit) * state.bets() - state.betValues() - state.penalty();
    }
}
