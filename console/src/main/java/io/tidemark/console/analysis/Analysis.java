package io.tidemark.console.analysis;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is known of a rollout, as pass, fail or inconclusive.
 *
 * @param reason why, one line for people
 * @param found latest verdict of the canary job; null when there is none
 * @param traffic recent traffic of the candidate; null when it was not asked for
 */
record Analysis(Verdict verdict, String reason, JsonNode found, JsonNode traffic) {

    private static final List<String> COPIED = List.of(
            "decision_id",
            "release_id",
            "step",
            "event_time",
            "onset_time",
            "attribution",
            "candidate_version_id",
            "control_version_id",
            "rollback_target_version_id");
    private static final List<String> OF_GUARDRAILS = List.of(
            "measure",
            "finding",
            "candidate_n",
            "control_n",
            "observed",
            "expected",
            "lower",
            "upper",
            "e_value",
            "threshold");

    /** The document for controllers: everything below {@code data}. What is unknown is null. */
    Map<String, Object> document() {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("ok", verdict == Verdict.PASS);
        data.put("verdict", verdict.label());
        data.put("reason", reason);
        COPIED.forEach(name -> data.put(camel(name), found == null ? null : found.get(name)));
        data.put("samples", traffic == null ? null : traffic.get("calls"));
        data.put("errorRate", traffic == null ? null : traffic.get("error_rate"));
        data.put("p95Ms", traffic == null ? null : traffic.get("end_to_end_p95_ms"));
        data.put("lastSeen", traffic == null ? null : traffic.get("last_window_end"));
        data.put("guardrails", guardrails());
        return Map.of("data", data);
    }

    private List<Map<String, Object>> guardrails() {
        List<Map<String, Object>> guardrails = new ArrayList<>();
        int count = found == null ? 0 : found.get("measure").size();
        for (int i = 0; i < count; i++) {
            Map<String, Object> guardrail = new LinkedHashMap<>();
            for (String name : OF_GUARDRAILS) {
                guardrail.put(camel(name), found.get(name).get(i));
            }
            guardrails.add(guardrail);
        }
        return guardrails;
    }

    private static String camel(String column) {
        StringBuilder text = new StringBuilder();
        for (String word : column.split("_", -1)) {
            text.append(text.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return text.toString();
    }
}
