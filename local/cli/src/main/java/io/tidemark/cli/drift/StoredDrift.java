package io.tidemark.cli.drift;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.cli.CommandFailure;
import io.tidemark.cli.query.SqlClient;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Drift tests as ClickHouse holds them. */
final class StoredDrift {

    private static final String COLUMNS =
            "drift_id, kind, measure, slice_level, tenant, prompt, base_model, role, version_id, "
                    + "toString(window_start) AS started, toUnixTimestamp64Milli(window_start) AS started_millis, window_seconds, "
                    + "baseline_id, n, n_baseline, effect, effect_name, effect_limit, p_value, q_value, insufficient, moved, signal, "
                    + "severity, scope, explained_by, topics, shares.name AS names, shares.baseline AS before, shares.current AS now";

    private final SqlClient sql;

    StoredDrift(SqlClient sql) {
        this.sql = sql;
    }

    /**
     * Tests against a baseline.
     *
     * @param window length of the windows in seconds; empty for all
     * @param tenant tenant; empty for all
     */
    List<JsonNode> against(String baseline, OptionalLong window, Optional<String> tenant) {
        String windows = window.isPresent() ? " AND window_seconds = " + window.getAsLong() : "";
        String tenants = tenant.map(name -> " AND tenant = " + quoted(name)).orElse("");
        return sql.rows("SELECT %s FROM drift WHERE baseline_id = %s%s%s ORDER BY window_start, measure, drift_id"
                .formatted(COLUMNS, quoted(baseline), windows, tenants));
    }

    /** One test. */
    JsonNode byId(String id) {
        List<JsonNode> rows = sql.rows("SELECT %s FROM drift WHERE drift_id = %s".formatted(COLUMNS, quoted(id)));
        if (rows.isEmpty()) {
            throw new CommandFailure(
                    "there is no drift test '%s'; './tidemark drift report' shows their ids".formatted(id));
        }
        return rows.get(0);
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    /** A slice for people. */
    static String slice(JsonNode row) {
        String level = row.path("slice_level").asText();
        String tenant = row.path("tenant").asText();
        String prompt = row.path("prompt").asText();
        return level + (tenant.isEmpty() ? "" : " " + tenant) + (prompt.isEmpty() ? "" : " prompt " + prompt);
    }
}
