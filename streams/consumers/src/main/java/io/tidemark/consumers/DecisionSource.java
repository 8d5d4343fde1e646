package io.tidemark.consumers;

import io.tidemark.consumers.decision.Decision;
import io.tidemark.contracts.avro.Alert;
import io.tidemark.contracts.avro.Release;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What one kind of consumer makes of what it reads. */
public interface DecisionSource {

    /** Kind of the decisions: the action that alerts ask for. */
    String kind();

    /** Whether what was done is watched until the measures are back. */
    default boolean watchesRecovery() {
        return false;
    }

    /** The decision of a firing alert that asks for this kind of action. */
    Decision of(Alert alert);

    /** The decision that a change asks for. */
    default Optional<Decision> of(Release change) {
        return Optional.empty();
    }

    /** Decisions that the clock asks for. */
    default List<Decision> due(Instant now) {
        return List.of();
    }

    /** A reason of this kind's own not to carry a decision out. */
    default Optional<String> refusal(Decision decision, Instant now) {
        return Optional.empty();
    }

    /** The request to the target, as JSON. */
    String request(Decision decision);
}
