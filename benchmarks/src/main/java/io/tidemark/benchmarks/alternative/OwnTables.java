package io.tidemark.benchmarks.alternative;

import io.tidemark.cli.query.SqlClient;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A user's own set-up: a table of raw traces of the same shape, and for each slice level a materialized view that keeps t-digests and sums of
 * 60 s windows.
 *
 * @param database its database, created here
 * @param measures columns of raw traces that get a digest, a sum and a count each
 */
record OwnTables(String database, List<String> measures) {

    /** The latencies and token counts that are compared. */
    static final List<String> FEW =
            Percentiles.COMPARED.stream().map(Percentiles::column).toList();

    /** Every measure of the windows job that is a column of raw traces; those of spans are not. */
    static final List<String> MANY = List.of(
            "ttft_micros",
            "end_to_end_micros",
            "input_tokens",
            "output_tokens",
            "time_per_output_token_micros",
            "queue_micros",
            "cost_nano_usd",
            "confidence",
            "turn",
            "queue_depth",
            "tokens_in_flight",
            "cpu_utilization",
            "gpu_utilization",
            "memory_utilization",
            "kv_cache_utilization");

    private static final List<String> FLAGS = List.of(
            "status = 'ERROR'", "refused", "guardrail_blocks > 0", "pii_hits > 0", "schema_valid = 0", "cache_hit");

    void create(SqlClient sql) {
        sql.rows("CREATE DATABASE " + database);
        sql.rows("CREATE TABLE %s.traces_store AS tidemark.traces_store".formatted(database));
        for (Level level : Level.values()) {
            sql.rows("CREATE TABLE %s ENGINE = AggregatingMergeTree ORDER BY (window_start, %s) EMPTY AS %s"
                    .formatted(table(level), String.join(", ", level.columns()), select(level)));
            sql.rows("CREATE MATERIALIZED VIEW %s_view TO %s AS %s"
                    .formatted(table(level), table(level), select(level)));
        }
    }

    private String table(Level level) {
        return database + "." + level.levelName();
    }

    private String select(Level level) {
        String states = measures.stream()
                .map(measure -> ", quantilesTDigestState(0.5, 0.95, 0.99)(%1$s) AS %1$s_digest".formatted(measure)
                        + ", sumSimpleState(toFloat64(ifNull(%1$s, 0))) AS %1$s_sum".formatted(measure)
                        + ", sumSimpleState(toUInt64(%1$s IS NOT NULL)) AS %1$s_known".formatted(measure))
                .collect(Collectors.joining());
        StringBuilder flags = new StringBuilder();
        for (int i = 0; i < FLAGS.size(); i++) {
            flags.append(", sumSimpleState(toUInt64(ifNull(%s, 0))) AS flag_%d".formatted(FLAGS.get(i), i));
        }
        return "SELECT toStartOfMinute(event_time) AS window_start, %s, sumSimpleState(toUInt64(1)) AS requests%s%s "
                        .formatted(level.columnsFromTraces(), flags, states)
                + "FROM %s.traces_store GROUP BY window_start, %s"
                        .formatted(database, String.join(", ", level.columns()));
    }

    /** Traces that the windows of the coarsest level count. */
    long requests(SqlClient sql) {
        return sql.rows("SELECT toString(sum(requests)) AS n FROM " + table(Level.ALL))
                .get(0)
                .get("n")
                .asLong();
    }

    /** Window, slice and estimates of a measure, of every level. */
    String estimates(Percentiles measure) {
        return Arrays.stream(Level.values())
                .map(level ->
                        "SELECT toUnixTimestamp(window_start) AS w, %s AS slice, arrayMap(x -> toFloat64(x), quantilesTDigestMerge(0.5, 0.95, 0.99)(%s_digest)) AS estimate FROM %s GROUP BY w, slice"
                                .formatted(level.sliceOfColumns(), measure.column(), table(level)))
                .collect(Collectors.joining(" UNION ALL "));
    }
}
