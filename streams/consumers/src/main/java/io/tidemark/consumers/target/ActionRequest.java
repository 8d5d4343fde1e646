package io.tidemark.consumers.target;

import java.util.Objects;
import java.util.Optional;

/**
 * What a target is asked for.
 *
 * @param decisionId id of the decision, the key by which a target knows a request that it has had
 * @param kind rollback or retrain
 * @param target name of the target in its adapter
 * @param candidateVersionId version to take back, when it is known
 * @param body the whole request as JSON
 */
public record ActionRequest(
        String decisionId, String kind, String target, Optional<String> candidateVersionId, String body) {

    public ActionRequest {
        Objects.requireNonNull(decisionId, "decisionId is null");
        Objects.requireNonNull(target, "target is null");
    }
}
