package io.tidemark.statistics.sequential;

/**
 * Watches a stream for the moment at which it leaves its usual course. Unlike an {@link EProcess} it may alarm again and
 * again; what it promises is the mean number of observations until a false alarm (ARL0).
 *
 * @param <S> state: an immutable public record
 * @param <O> one observation, in the order of time
 */
public interface ChangeDetector<S, O> {

    /** State before any observation, and after an alarm has been dealt with. */
    S start();

    /** State after the next observation. */
    S update(S state, O observation);

    /** Whether the state calls for an alarm. */
    boolean alarms(S state);
}
