package io.tidemark.consumers;

import io.tidemark.consumers.decision.Decision;
import io.tidemark.contracts.VersionTuple;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parts that requests to targets share. */
public final class Requests {

    private Requests() {}

    /** What every request says. */
    public static Map<String, Object> common(Decision decision) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("decision_id", decision.id());
        body.put("action", decision.kind());
        body.put("tenant", decision.tenant());
        body.put("target", decision.target().name());
        body.put("rule", decision.ruleId());
        decision.alertId().ifPresent(id -> body.put("alert_id", id));
        decision.releaseId().ifPresent(id -> body.put("release_id", id));
        body.put("reason", decision.summary());
        body.put("event_time", decision.eventTime().toString());
        return body;
    }

    /** The components of a version by name, and its id. */
    public static Map<String, String> version(VersionTuple version) {
        Map<String, String> components = new LinkedHashMap<>();
        List<String> values = version.components();
        for (int index = 0; index < values.size(); index++) {
            components.put(VersionTuple.COMPONENT_NAMES.get(index), values.get(index));
        }
        components.put("version_id", version.versionId());
        return components;
    }
}
