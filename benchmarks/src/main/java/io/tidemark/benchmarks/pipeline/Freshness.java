package io.tidemark.benchmarks.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.cli.query.SqlClient;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Asks the analyst's views again and again, and notes when each trace and each pane is there for the first time. */
final class Freshness {

    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long OUT_OF_ORDERNESS_MICROS = TimeUnit.SECONDS.toMicros(10);
    private static final long PANE_MICROS = TimeUnit.SECONDS.toMicros(10);

    private final SqlClient sql;
    private final Clock clock;
    private final Set<String> seen = new HashSet<>();
    private final List<Long> traceMillis = new ArrayList<>();
    private final Map<Long, Long> paneMillis = new HashMap<>();
    private long oldestMissing;

    Freshness(SqlClient sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
        this.oldestMissing = micros();
    }

    /** Looks once, and waits a little. */
    void poll() {
        pollTraces();
        pollPanes();
        LockSupport.parkNanos(POLL_NANOS);
    }

    private void pollTraces() {
        List<JsonNode> rows = sql.rows(
                "SELECT inference_id AS id, toString(toUnixTimestamp64Micro(event_time)) AS time FROM tidemark.traces "
                        + "WHERE event_time >= fromUnixTimestamp64Micro(" + oldestMissing + ")");
        long now = micros();
        for (JsonNode row : rows) {
            if (seen.add(row.get("id").asText())) {
                traceMillis.add((now - row.get("time").asLong()) / 1_000);
            }
        }
        // what is older than the slowest that was seen lately need not be read again
        oldestMissing = Math.max(oldestMissing, now - TimeUnit.SECONDS.toMicros(15));
    }

    private void pollPanes() {
        List<JsonNode> rows =
                sql.rows("SELECT toString(toUnixTimestamp64Micro(window_start)) AS start FROM tidemark.windows "
                        + "WHERE window_seconds = 10 AND slice_level = 'all' GROUP BY window_start");
        long now = micros();
        for (JsonNode row : rows) {
            long start = row.get("start").asLong();
            paneMillis.computeIfAbsent(start, pane -> (now - (pane + PANE_MICROS + OUT_OF_ORDERNESS_MICROS)) / 1_000);
        }
    }

    long traces() {
        return seen.size();
    }

    /** Milliseconds from the event time of a trace to its first sight in SQL, at the quantile. */
    long traceQuantile(double q) {
        return quantile(traceMillis, q);
    }

    /** Milliseconds from the moment at which the watermark could pass a pane to its first sight in SQL. */
    long paneQuantile(double q) {
        return quantile(paneMillis.values().stream().toList(), q);
    }

    int panes() {
        return paneMillis.size();
    }

    private static long quantile(List<Long> values, double q) {
        long[] sorted = values.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        return sorted.length == 0 ? -1 : sorted[(int) Math.max(0, Math.ceil(q * sorted.length) - 1)];
    }

    private long micros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
    }
}
