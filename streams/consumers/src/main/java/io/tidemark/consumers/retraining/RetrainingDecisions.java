package io.tidemark.consumers.retraining;

import io.tidemark.consumers.DecisionSource;
import io.tidemark.consumers.Requests;
import io.tidemark.consumers.decision.Decision;
import io.tidemark.consumers.decision.TargetName;
import io.tidemark.consumers.target.Json;
import io.tidemark.contracts.VersionTuple;
import io.tidemark.contracts.alert.AlertIds;
import io.tidemark.contracts.avro.Alert;
import io.tidemark.contracts.avro.Change;
import io.tidemark.contracts.avro.Release;
import io.tidemark.contracts.avro.VersionTupleRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Retraining: asked for by drift and quality alerts, by a schedule, by changes. The scope of a decision is the model, so that many slices
 * of one model lead to one training.
 */
public final class RetrainingDecisions implements DecisionSource {

    /** Kind of the decisions. */
    public static final String KIND = "retrain";

    private static final TargetName UNNAMED = new TargetName("unnamed", "unnamed");
    private static final String EVERY_TENANT = "*";

    private final RetrainingSettings settings;

    public RetrainingDecisions(RetrainingSettings settings) {
        this.settings = settings;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Decision of(Alert alert) {
        TargetName target = alert.getTargetAdapter() == null || alert.getTarget() == null
                ? settings.defaultTarget().orElse(UNNAMED)
                : new TargetName(alert.getTargetAdapter(), alert.getTarget());
        if (alert.getCandidate() == null && alert.getSlice().getVersion() != null) {
            Alert named = Alert.newBuilder(alert)
                    .setCandidate(alert.getSlice().getVersion())
                    .build();
            return Decision.of(
                    named, target, scope(named.getCandidate(), alert.getSlice().getTenant()));
        }
        return Decision.of(
                alert, target, scope(alert.getCandidate(), alert.getSlice().getTenant()));
    }

    @Override
    public Optional<Decision> of(Release release) {
        Change change = release.getChange();
        if (change == null || !settings.changes().contains(change.getKind())) {
            return Optional.empty();
        }
        String summary = "%s of '%s'".formatted(change.getKind(), change.getSubject());
        return Optional.of(decision(
                AlertIds.hash("change|" + release.getEventId()),
                release.getTenant(),
                "change/" + change.getKind(),
                settings.defaultTarget().orElse(UNNAMED),
                "change:" + change.getSubject(),
                release.getEventTime(),
                summary));
    }

    /** One decision for each schedule and period; the audit knows which were carried out. */
    @Override
    public List<Decision> due(Instant now) {
        List<Decision> due = new ArrayList<>();
        for (RetrainingSettings.Schedule each : settings.schedules()) {
            long period = now.getEpochSecond() / each.period().toSeconds();
            due.add(decision(
                    AlertIds.hash("schedule|" + each.name() + "|" + period),
                    EVERY_TENANT,
                    "schedule/" + each.name(),
                    each.target(),
                    "schedule:" + each.name(),
                    now,
                    "every " + each.period()));
        }
        return due;
    }

    @Override
    public Optional<String> refusal(Decision decision, Instant now) {
        return decision.target().equals(UNNAMED)
                ? Optional.of("no target is named; set retraining.target")
                : Optional.empty();
    }

    @Override
    public String request(Decision decision) {
        Map<String, Object> body = Requests.common(decision);
        body.put("data_window", dataWindow(decision));
        Map<String, Object> lineage = new LinkedHashMap<>();
        decision.candidate().ifPresent(version -> lineage.putAll(Requests.version(version)));
        lineage.put("decided_by", decision.ruleId());
        body.put("lineage", lineage);
        body.put("requires_human_approval", true);
        body.put("budget_usd", settings.budgetPerRunUsd());
        return Json.text(body);
    }

    /** A pointer, never the data. */
    private Map<String, Object> dataWindow(Decision decision) {
        Instant to = decision.eventTime();
        Instant from = to.minus(Duration.ofDays(settings.dataWindowDays()));
        Map<String, Object> window = new LinkedHashMap<>();
        window.put("from", from.toString());
        window.put("to", to.toString());
        window.put("days", settings.dataWindowDays());
        window.put("table", "tidemark.traces");
        window.put("tenant", decision.tenant());
        return window;
    }

    private static Decision decision(
            String id, String tenant, String rule, TargetName target, String scope, Instant time, String summary) {
        return new Decision(
                id,
                KIND,
                Optional.empty(),
                tenant,
                rule,
                Optional.empty(),
                target,
                scope,
                Optional.empty(),
                Optional.empty(),
                time,
                time,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                summary);
    }

    private static String scope(VersionTupleRecord version, String tenant) {
        if (version == null) {
            return "tenant:" + (tenant == null ? EVERY_TENANT : tenant);
        }
        VersionTuple tuple = VersionTuple.from(version);
        return "model:%s/%s".formatted(tuple.baseModel(), tuple.fineTune());
    }
}
