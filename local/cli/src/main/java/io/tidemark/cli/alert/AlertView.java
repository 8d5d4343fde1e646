package io.tidemark.cli.alert;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.contracts.VersionTuple;
import io.tidemark.contracts.avro.Alert;
import io.tidemark.contracts.avro.SliceRef;
import io.tidemark.contracts.avro.TrafficRole;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An alert as commands and reports show it.
 *
 * @param slice what it is about: tenant, role, intent, components of the version, labels; only what it slices by
 * @param attribution component that explains it, NOT_IDENTIFIABLE, or null
 */
public record AlertView(
        @JsonProperty("alert_id") String alertId,
        String rule,
        String measure,
        Map<String, String> slice,
        String severity,
        String state,
        @JsonProperty("onset_event_time") String onset,
        @JsonProperty("fired_event_time") String fired,
        @JsonProperty("resolved_event_time") String resolved,
        String action,
        @JsonProperty("decision_id") String decisionId,
        String attribution,
        String summary,
        String reason) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The view of an alert. */
    public static AlertView of(Alert alert) {
        String measure =
                alert.getEvidence().isEmpty() ? "" : alert.getEvidence().get(0).getMeasure();
        return new AlertView(
                alert.getAlertId(),
                alert.getRuleId(),
                measure,
                slice(alert.getSlice()),
                lower(alert.getSeverity().name()),
                lower(alert.getState().name()),
                text(alert.getOnsetTime()),
                text(alert.getFiredTime()),
                text(alert.getResolvedTime()),
                alert.getAction(),
                alert.getDecisionId(),
                alert.getAttribution(),
                alert.getSummary(),
                alert.getReason());
    }

    /** Header of the table that {@link #cells} fill. */
    static String[] header() {
        return new String[] {"state", "severity", "rule", "slice", "fired", "action", "summary", "alert"};
    }

    /** One row for people. */
    List<String> cells() {
        return List.of(
                state,
                severity,
                rule,
                sliceText(),
                Optional.ofNullable(fired).orElse("-"),
                Optional.ofNullable(action).orElse("-"),
                summary,
                alertId);
    }

    /** One line for people. */
    String line() {
        return "%s  %-10s %-8s %s  %s  %s (%s)".formatted(alertId, state, severity, rule, sliceText(), summary, reason);
    }

    String json() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of texts can be written", e);
        }
    }

    private String sliceText() {
        return slice.isEmpty() ? "everything" : slice.toString();
    }

    private static Map<String, String> slice(SliceRef slice) {
        Map<String, String> dimensions = new LinkedHashMap<>();
        put(dimensions, "tenant", slice.getTenant());
        if (slice.getRole() != TrafficRole.UNKNOWN) {
            dimensions.put("role", lower(slice.getRole().name()));
        }
        put(dimensions, "intent", slice.getIntent());
        put(dimensions, "version_id", slice.getVersionId());
        if (slice.getVersion() != null) {
            List<String> components = VersionTuple.from(slice.getVersion()).components();
            for (int index = 0; index < components.size(); index++) {
                if (!components.get(index).equals(VersionTuple.UNKNOWN)) {
                    dimensions.put(VersionTuple.COMPONENT_NAMES.get(index), components.get(index));
                }
            }
        }
        dimensions.putAll(slice.getLabels());
        return dimensions;
    }

    private static void put(Map<String, String> dimensions, String name, String value) {
        if (value != null) {
            dimensions.put(name, value);
        }
    }

    private static String text(Instant time) {
        return time == null ? null : time.toString();
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
