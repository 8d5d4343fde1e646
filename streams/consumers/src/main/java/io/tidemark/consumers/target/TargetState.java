package io.tidemark.consumers.target;

import java.util.Optional;

/**
 * A target as it was read.
 *
 * @param revision names this state; an act on another one is refused
 * @param isServingCandidate whether what the request wants to take back still serves
 * @param decisionId the decision that brought the target where it is; empty when none did
 * @param json the state for the audit
 */
public record TargetState(String revision, boolean isServingCandidate, Optional<String> decisionId, String json) {

    /** Whether the request has already been carried out. */
    public boolean isDone(ActionRequest request) {
        return decisionId.filter(request.decisionId()::equals).isPresent();
    }
}
