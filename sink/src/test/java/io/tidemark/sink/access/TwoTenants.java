package io.tidemark.sink.access;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Rows of two tenants in every stored table: columns that are not named have the default of their type. A view shows rows of both
 * when what it asks for is among {@link #ROWS}.
 */
final class TwoTenants {

    private static final String WINDOWS =
            "(ingested_at, tenant, window_seconds, slice_level, requests, requests_per_minute_limit)";

    /** What is inserted where the views ask for more than a tenant; %s is the tenant. */
    private static final Map<String, List<String>> ROWS = Map.of(
            "windows_store",
            List.of(
                    WINDOWS + " VALUES (now64(6), '%s', 60, 'tenant', 1, 10)",
                    WINDOWS + " VALUES (now64(6), '%s', 3600, 'tenant', 1, 10)",
                    WINDOWS + " VALUES (now64(6), '%s', 60, 'tenant_version', 1, 10)"),
            "traces_store",
            List.of("(tenant, inference_id, ingested_at, spans.span_id, spans.parent_span_id, spans.kind, spans.name, "
                    + "spans.start_time, spans.duration_micros, spans.ok, spans.attributes) VALUES "
                    + "('%s', 'i', now64(6), ['s'], [''], ['LLM'], ['n'], [now64(6)], [1], [true], [map('k', 'v')])"));

    private static final String STORED =
            """
            SELECT table FROM system.columns
            WHERE database = 'tidemark' AND name = 'tenant'
            AND table IN (SELECT name FROM system.tables WHERE database = 'tidemark' AND engine LIKE '%MergeTree')
            """;

    private static final String KEY_TEXTS =
            """
            SELECT name FROM system.columns
            WHERE database = 'tidemark' AND table = '%s' AND is_in_sorting_key AND type = 'String' AND name != 'tenant'
            """;

    private TwoTenants() {}

    static void insert(Connection connection, String... tenants) throws SQLException {
        for (String table : column(connection, STORED)) {
            for (String row : ROWS.getOrDefault(table, List.of(usual(connection, table)))) {
                for (String tenant : tenants) {
                    try (Statement statement = connection.createStatement()) {
                        String quoted = tenant.replace("'", "''");
                        statement.execute("INSERT INTO tidemark.%s %s".formatted(table, row.replace("%s", quoted)));
                    }
                }
            }
        }
    }

    /** Texts of the key are the tenant's name, so that rows of two tenants are never two versions of one row. */
    private static String usual(Connection connection, String table) throws SQLException {
        List<String> names = column(connection, KEY_TEXTS.formatted(table));
        return "(ingested_at, tenant" + names.stream().map(name -> ", " + name).collect(Collectors.joining())
                + ") VALUES (now64(6), '%s'" + ", '%s'".repeat(names.size()) + ")";
    }

    private static List<String> column(Connection connection, String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }
}
