package io.tidemark.consumers.decision;

import io.tidemark.contracts.VersionTuple;
import io.tidemark.contracts.avro.Alert;
import io.tidemark.contracts.avro.Evidence;
import io.tidemark.contracts.avro.VersionTupleRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Something to be done once.
 *
 * @param id deterministic id; what has the same id is the same decision
 * @param kind rollback or retrain
 * @param alertId alert behind it; empty when a schedule or a change is
 * @param tenant tenant, or * for all
 * @param target where it is to be done
 * @param scope what may be acted on only once at a time: the target of a rollback, the model of a retraining
 * @param eventTime event time of the decision
 * @param onset event time at which the incident began
 * @param expires time after which it must not be carried out
 * @param evidence what it rests on
 */
public record Decision(
        String id,
        String kind,
        Optional<String> alertId,
        String tenant,
        String ruleId,
        Optional<String> releaseId,
        TargetName target,
        String scope,
        Optional<VersionTuple> candidate,
        Optional<VersionTuple> rollbackTarget,
        Instant eventTime,
        Instant onset,
        Optional<Instant> fired,
        Optional<Instant> expires,
        List<Evidence> evidence,
        String summary) {

    public Decision {
        evidence = List.copyOf(evidence);
    }

    /** The decision of an alert, on a target. */
    public static Decision of(Alert alert, TargetName target, String scope) {
        String tenant = alert.getSlice().getTenant();
        return new Decision(
                alert.getDecisionId() == null ? alert.getAlertId() : alert.getDecisionId(),
                alert.getAction(),
                Optional.of(alert.getAlertId()),
                tenant == null ? "*" : tenant,
                alert.getRuleId(),
                Optional.ofNullable(alert.getReleaseId()),
                target,
                scope,
                tuple(alert.getCandidate()),
                tuple(alert.getRollbackTarget()),
                alert.getEventTime(),
                alert.getOnsetTime(),
                Optional.ofNullable(alert.getFiredTime()),
                Optional.ofNullable(alert.getExpiresTime()),
                alert.getEvidence(),
                alert.getSummary());
    }

    /** Whether a person commanded it through a release: jobs never decide without evidence. */
    boolean isCommanded() {
        return releaseId.isPresent() && evidence.isEmpty();
    }

    private static Optional<VersionTuple> tuple(VersionTupleRecord version) {
        return Optional.ofNullable(version).map(VersionTuple::from);
    }

    /** Id of the version to take back or to train anew. */
    public Optional<String> candidateVersionId() {
        return candidate.map(VersionTuple::versionId);
    }

    /** Id of the version to go back to. */
    public Optional<String> rollbackVersionId() {
        return rollbackTarget.map(VersionTuple::versionId);
    }
}
