package io.tidemark.jobs.drift;

import io.tidemark.contracts.avro.DriftScope;
import io.tidemark.contracts.avro.SliceRef;

/**
 * What became of a drift test among the others of its tick.
 *
 * @param test the test
 * @param qValue its p-value after the control of false discoveries; NaN when nothing was tested
 * @param moved whether it is significant and over its size
 * @param scope who moved
 * @param signal whether it signals
 * @param explainedBy slice that explains the move; null when it explains itself
 */
record DriftDecision(
        DriftTest test, double qValue, boolean moved, DriftScope scope, boolean signal, SliceRef explainedBy) {

    static DriftDecision still(DriftTest test, double qValue) {
        return new DriftDecision(test, qValue, false, DriftScope.NONE, false, null);
    }

    static DriftDecision cause(DriftTest test, double qValue, DriftScope scope) {
        return new DriftDecision(test, qValue, true, scope, true, null);
    }

    /** A move that has the same cause as a broader or equal one, and is part of it. */
    static DriftDecision part(DriftTest test, double qValue, SliceRef cause) {
        return new DriftDecision(test, qValue, true, DriftScope.SLICE, true, cause);
    }

    /** A move that is no cause of its own. */
    static DriftDecision explained(DriftTest test, double qValue, DriftScope scope, SliceRef cause) {
        return new DriftDecision(test, qValue, true, scope, false, cause);
    }
}
