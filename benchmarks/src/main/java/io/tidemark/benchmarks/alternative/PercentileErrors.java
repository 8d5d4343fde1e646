package io.tidemark.benchmarks.alternative;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.cli.query.SqlClient;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Relative errors of p50, p95 and p99 of 60 s windows against the exact nearest rank of the raw values. */
final class PercentileErrors {

    private final SqlClient sql;
    private final long fromSeconds;
    private final long toSeconds;

    /** The windows that start in a range of seconds since the epoch. */
    PercentileErrors(SqlClient sql, long fromSeconds, long toSeconds) {
        this.sql = sql;
        this.fromSeconds = fromSeconds;
        this.toSeconds = toSeconds;
    }

    Map<String, Object> ofTidemark(int minimumEvents) {
        Map<String, Object> errors = new LinkedHashMap<>();
        Percentiles.COMPARED.forEach(
                measure -> errors.put(measure.column(), compare(measure, windows(measure), minimumEvents)));
        return errors;
    }

    Map<String, Object> of(OwnTables own, int minimumEvents) {
        Map<String, Object> errors = new LinkedHashMap<>();
        Percentiles.COMPARED.forEach(
                measure -> errors.put(measure.column(), compare(measure, own.estimates(measure), minimumEvents)));
        return errors;
    }

    private String windows(Percentiles measure) {
        return Arrays.stream(Level.values())
                .map(level ->
                        "SELECT toUnixTimestamp(window_start) AS w, %s AS slice, arrayMap(x -> ifNull(toFloat64(x), nan) * %d, [%s]) AS estimate FROM tidemark.windows WHERE window_seconds = 60 AND slice_level = '%s'"
                                .formatted(level.slice(), measure.unit(), quantiles(measure), level.levelName()))
                .collect(Collectors.joining(" UNION ALL "));
    }

    private static String quantiles(Percentiles measure) {
        return "tidemark_quantile(%1$s, 0.5), tidemark_quantile(%1$s, 0.95), tidemark_quantile(%1$s, 0.99)"
                .formatted(measure.histogram());
    }

    private String exact(Percentiles measure) {
        return Arrays.stream(Level.values())
                .map(level ->
                        "SELECT toUnixTimestamp(toStartOfMinute(event_time)) AS w, %s AS slice, arraySort(groupArray(assumeNotNull(%2$s))) AS sorted FROM tidemark.traces_store WHERE %2$s IS NOT NULL AND event_time >= %3$d AND event_time < %4$d GROUP BY w, slice"
                                .formatted(level.slice(), measure.column(), fromSeconds, toSeconds))
                .collect(Collectors.joining(" UNION ALL "));
    }

    /** A slice without an estimate counts as missing, and is no error of 0. */
    private Map<String, Object> compare(Percentiles measure, String estimates, int minimumEvents) {
        String question =
                """
                SELECT toString(count()) AS slices, toString(countIf(empty(estimate))) AS missing, avgForEach(errors) AS mean, maxForEach(errors) AS worst
                FROM (SELECT estimate, if(empty(estimate), [0., 0., 0.],
                        arrayMap((e, q) -> abs(e - sorted[toUInt64(greatest(1, ceil(q * length(sorted))))])
                            / sorted[toUInt64(greatest(1, ceil(q * length(sorted))))], estimate, [0.5, 0.95, 0.99])) AS errors
                    FROM (%s) AS exact LEFT JOIN (%s) AS estimates USING (w, slice) WHERE length(sorted) >= %d)"""
                        .formatted(exact(measure), estimates, minimumEvents);
        JsonNode row = sql.rows(question).get(0);
        if (row.get("missing").asLong() > 0) {
            throw new IllegalStateException("%s: %s of %s slices have no estimate"
                    .formatted(
                            measure.column(),
                            row.get("missing").asText(),
                            row.get("slices").asText()));
        }
        Map<String, Object> errors = new LinkedHashMap<>();
        errors.put("windows", row.get("slices").asLong());
        errors.put("mean_relative_error_p50_p95_p99", row.get("mean"));
        errors.put("largest_relative_error_p50_p95_p99", row.get("worst"));
        return errors;
    }
}
