package io.tidemark.alerts.bridge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.contracts.avro.Alert;
import io.tidemark.contracts.avro.AlertState;
import io.tidemark.contracts.avro.Evidence;
import io.tidemark.platform.webhook.HttpCaller;
import io.tidemark.platform.webhook.HttpCaller.Answer;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The Alertmanager's API, version 2. Labels are the identity of an alert there, so they hold no measured value; those go into annotations.
 * What fires is given an end a few repetitions ahead, and is sent again before it comes.
 */
final class AlertmanagerDelivery implements Delivery {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MISSED_REPETITIONS = 4;

    private final URI alerts;
    private final HttpCaller http;
    private final Duration resend;
    private final Clock clock;

    AlertmanagerDelivery(URI base, HttpCaller http, Duration resend, Clock clock) {
        this.alerts = base.resolve("/api/v2/alerts");
        this.http = http;
        this.resend = resend;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "alertmanager";
    }

    /** A suppressed alert ends there: whoever silenced it here wants to hear no more of it there. */
    @Override
    public boolean wants(Alert alert) {
        return alert.getState() != AlertState.PENDING && alert.getFiredTime() != null;
    }

    @Override
    public Duration resend() {
        return resend;
    }

    @Override
    public Answer send(Alert alert) throws IOException {
        return sendAgain(List.of(alert));
    }

    @Override
    public Answer sendAgain(List<Alert> firing) throws IOException {
        return http.post(
                alerts,
                "application/json",
                Map.of(),
                json(firing.stream().map(this::body).toList()));
    }

    private Map<String, Object> body(Alert alert) {
        Instant now = clock.instant();
        boolean isFiring = alert.getState() == AlertState.FIRING;
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("labels", labels(alert));
        body.put("annotations", annotations(alert));
        if (alert.getFiredTime() != null) {
            body.put("startsAt", alert.getFiredTime().toString());
        }
        body.put("endsAt", (isFiring ? now.plus(resend.multipliedBy(MISSED_REPETITIONS)) : now).toString());
        if (alert.getRunbook().startsWith("http")) {
            body.put("generatorURL", alert.getRunbook());
        }
        return body;
    }

    private static Map<String, String> labels(Alert alert) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("alertname", alert.getRuleId());
        labels.put("alert_id", alert.getAlertId());
        labels.put("severity", lower(alert.getSeverity().name()));
        put(labels, "tenant", alert.getSlice().getTenant());
        put(labels, "version_id", alert.getSlice().getVersionId());
        put(labels, "intent", alert.getSlice().getIntent());
        labels.put("role", lower(alert.getSlice().getRole().name()));
        put(labels, "slice_level", alert.getSlice().getSliceLevel());
        return labels;
    }

    private static Map<String, String> annotations(Alert alert) {
        Map<String, String> annotations = new LinkedHashMap<>();
        annotations.put("summary", alert.getSummary());
        put(annotations, "runbook", alert.getRunbook());
        put(annotations, "attribution", alert.getAttribution());
        put(annotations, "action", alert.getAction());
        put(annotations, "reason", alert.getReason());
        if (!alert.getEvidence().isEmpty()) {
            Evidence evidence = alert.getEvidence().get(0);
            annotations.put("measure", evidence.getMeasure());
            put(annotations, "observed", text(evidence.getObserved()));
            put(annotations, "expected", text(evidence.getExpected()));
            put(annotations, "e_value", text(evidence.getEValue()));
            annotations.put("n", Long.toString(evidence.getN()));
        }
        return annotations;
    }

    private static void put(Map<String, String> map, String name, String value) {
        if (value != null && !value.isEmpty()) {
            map.put(name, value);
        }
    }

    private static String text(Double value) {
        return value == null ? null : value.toString();
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static String json(List<Map<String, Object>> alerts) {
        try {
            return JSON.writeValueAsString(alerts);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps of texts can be written", e);
        }
    }
}
