package io.tidemark.consumers.audit;

import io.tidemark.consumers.decision.Decision;
import io.tidemark.consumers.target.Json;
import io.tidemark.contracts.alert.AlertIds;
import io.tidemark.contracts.avro.Action;
import io.tidemark.contracts.avro.ActionPhase;
import io.tidemark.contracts.avro.Evidence;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/** Audit records of a consumer, with everything that is known of the decision. */
public final class ActionRecords {

    private static final String QUERY = "SELECT * FROM tidemark.alerts WHERE alert_id = '%s' ORDER BY event_time";

    private final String actor;
    private final boolean dryRun;
    private final Clock clock;

    public ActionRecords(String actor, boolean dryRun, Clock clock) {
        this.actor = actor;
        this.dryRun = dryRun;
        this.clock = clock;
    }

    /** A record of a decision. */
    public Action of(Decision decision, ActionPhase phase, String reason, int attempt) {
        return Action.newBuilder()
                .setActionId(id(decision.id(), phase, attempt))
                .setDecisionId(decision.id())
                .setAlertId(decision.alertId().orElse(null))
                .setTenant(decision.tenant())
                .setKind(decision.kind())
                .setPhase(phase)
                .setAdapter(decision.target().adapter())
                .setTarget(decision.target().name())
                .setScope(decision.scope())
                .setDryRun(dryRun)
                .setActor(actor)
                .setReason(reason)
                .setEventTime(decision.eventTime())
                .setRecordedTime(now())
                .setAttempt(attempt)
                .setReleaseId(decision.releaseId().orElse(null))
                .setRuleId(decision.ruleId())
                .setCandidateVersionId(decision.candidateVersionId().orElse(null))
                .setRollbackVersionId(decision.rollbackVersionId().orElse(null))
                .setEvidence(evidence(decision))
                .setOnsetTime(decision.onset())
                .setDetectMillis(decision.fired()
                        .map(fired -> Duration.between(decision.onset(), fired).toMillis())
                        .orElse(null))
                .build();
    }

    /** A record that follows another one of the same decision. */
    public Action after(Action before, ActionPhase phase, String reason) {
        return Action.newBuilder(before)
                .setActionId(id(before.getDecisionId(), phase, before.getAttempt()))
                .setPhase(phase)
                .setReason(reason)
                .setActor(actor)
                .setRecordedTime(now())
                .build();
    }

    /** A record about a person's command. */
    public Action ofCommand(String commandId, String kind, String actorOfCommand, String reason) {
        String decision = "command/" + commandId;
        return Action.newBuilder()
                .setActionId(id(decision, ActionPhase.REFUSED, 1))
                .setDecisionId(decision)
                .setKind("command")
                .setPhase(ActionPhase.REFUSED)
                .setTarget(kind)
                .setDryRun(dryRun)
                .setActor(actor)
                .setReason("command of '%s' refused: %s".formatted(actorOfCommand, reason))
                .setEventTime(now())
                .setRecordedTime(now())
                .build();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static String id(String decisionId, ActionPhase phase, int attempt) {
        return AlertIds.hash(decisionId + "|" + phase + "|" + attempt);
    }

    private static String evidence(Decision decision) {
        Map<String, Object> text = new LinkedHashMap<>();
        text.put("summary", decision.summary());
        decision.evidence().stream().findFirst().ifPresent(first -> describe(first, text));
        decision.alertId().ifPresent(id -> text.put("read_on", QUERY.formatted(id)));
        return Json.text(text);
    }

    private static void describe(Evidence evidence, Map<String, Object> text) {
        text.put("measure", evidence.getMeasure());
        text.put("observed", evidence.getObserved());
        text.put("expected", evidence.getExpected());
        text.put("e_value", evidence.getEValue());
        text.put("n", evidence.getN());
    }
}
