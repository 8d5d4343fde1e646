package io.tidemark.statistics.sequential;

import static io.tidemark.statistics.error.InputChecks.finite;

import io.tidemark.statistics.error.InputChecks;

/**
 * State of {@link EmpiricalBernsteinSequence}.
 *
 * @param count values seen
 * @param sum their sum
 * @param squaredDeviations squared distances of each value from the regularised mean up to it
 * @param bets sum of the bets
 * @param betValues sum of bet times value
 * @param penalty sum of the variance terms, in nats
 * @param lower largest lower bound so far
 * @param upper smallest upper bound so far
 */
public record BettingState(
        long count,
        double sum,
        double squaredDeviations,
        double bets,
        double betValues,
        double penalty,
        double lower,
        double upper) {

    static final BettingState START = new BettingState(0, 0, 0, 0, 0, 0, 0, 1);

    public BettingState {
        InputChecks.count("count", count);
        finite("sum", sum);
        finite("penalty", penalty);
    }
}
