package io.tidemark.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.cli.terminal.TextTable;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/**
 * The question that the demo answers: which version got worse?
 *
 * @param change moment before and after which versions are compared
 */
record Regression(Instant change) {

    private static final DateTimeFormatter SQL_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final String UNKNOWN = "-";

    String sql() {
        return """
                SELECT prompt, retrieval_index, sum(requests) AS requests,
                       round(100 * sumIf(errors, before) / sumIf(errors_known, before), 1) AS errors_before_percent,
                       round(100 * sumIf(errors, NOT before) / sumIf(errors_known, NOT before), 1) AS errors_after_percent,
                       round(100 * sumIf(refusals, before) / sumIf(refusals_known, before), 1) AS refusals_before_percent,
                       round(100 * sumIf(refusals, NOT before) / sumIf(refusals_known, NOT before), 1) AS refusals_after_percent,
                       round(tidemark_quantile(sumMapIf(ttft_hist, before), 0.95)) AS ttft_p95_before_ms,
                       round(tidemark_quantile(sumMapIf(ttft_hist, NOT before), 0.95)) AS ttft_p95_after_ms
                FROM (SELECT *, window_start < '%s' AS before FROM tidemark.windows
                      WHERE slice_level = 'version' AND window_seconds = 60)
                GROUP BY prompt, retrieval_index
                ORDER BY errors_after_percent DESC, prompt, retrieval_index"""
                .formatted(SQL_TIME.format(change));
    }

    /** The answer's rows, columns named as in the statement. */
    static List<String> table(List<JsonNode> rows) {
        if (rows.isEmpty()) {
            return List.of("no window was stored");
        }
        List<String> names = new ArrayList<>();
        rows.get(0).fieldNames().forEachRemaining(names::add);
        TextTable table = new TextTable(names.toArray(new String[0]));
        for (JsonNode row : rows) {
            table.add(names.stream().map(name -> cell(row.get(name))).toList());
        }
        return table.lines();
    }

    private static String cell(JsonNode value) {
        return value == null || value.isNull() ? UNKNOWN : value.asText();
    }
}
