package io.tidemark.statistics.sequential;

import static io.tidemark.statistics.error.InputChecks.strictlyBetween;

/**
 * Evidence against a null hypothesis that may be looked at whenever one likes: at every stopping time its expected value
 * under the null is at most 1, so that it ever reaches {@code 1/alpha} with probability at most {@code alpha} (J. Ville,
 * 1939). Evidence is kept as a natural logarithm.
 *
 * @param <S> state: an immutable public record
 * @param <O> what one look adds
 */
public interface EProcess<S, O> {

    /** State before any observation; its evidence is 1. */
    S start();

    /** State after one more observation. */
    S update(S state, O observation);

    /** Natural logarithm of the evidence. */
    double logEvidence(S state);

    /**
     * Whether the evidence has reached {@code 1/alpha}.
     *
     * @param alpha chance of a false alarm over the whole life of the process, in (0, 1); else OUT_OF_RANGE
     */
    default boolean rejects(S state, double alpha) {
        return logEvidence(state) >= -Math.log(strictlyBetween("alpha", alpha, 0, 1));
    }
}
