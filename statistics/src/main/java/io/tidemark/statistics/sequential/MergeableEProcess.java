package io.tidemark.statistics.sequential;

/**
 * An e-process whose state adds up: panes, strata and partial aggregates may come in any order and grouping.
 *
 * @param <S> state: an immutable public record
 * @param <O> what one look adds
 */
public interface MergeableEProcess<S, O> extends EProcess<S, O> {

    /** State of both sets of observations; commutative, associative, {@link #start} is neutral. */
    S merge(S left, S right);
}
