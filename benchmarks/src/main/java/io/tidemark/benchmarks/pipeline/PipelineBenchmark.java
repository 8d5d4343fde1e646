package io.tidemark.benchmarks.pipeline;

import io.tidemark.benchmarks.report.BenchmarkReport;
import io.tidemark.benchmarks.report.ProcessCost;
import io.tidemark.cli.query.SqlClient;
import io.tidemark.cli.stack.DataDirectory;
import io.tidemark.cli.stack.ExternalParts;
import io.tidemark.cli.stack.Ports;
import io.tidemark.cli.stack.StackState;
import io.tidemark.cli.stack.StackSupervisor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * An embedded stack under load: first a fixed rate, at which the time from an event to its row in SQL is measured, then as many
 * traces as fast as they go, until all of them and the windows that count them are in ClickHouse.
 */
public final class PipelineBenchmark {

    private static final long RATE = 2_000;
    private static final long RATE_SECONDS = 60;
    private static final long BURST = 1_500_000;
    private static final long DEADLINE_SECONDS = 300;
    private static final long MINIMUM_FREE_BYTES = 4L << 30;

    /** The watermark of a pane comes 10 s (lateness) after its end, 10 s after its start: that wait is not work. */
    private static final long WATERMARK_MILLIS = 20_000;

    /** Enough for every partition to see one in each second. */
    private static final long KEEP_ALIVE = 40;

    private final Clock clock = Clock.systemUTC();
    private final BenchmarkReport report = new BenchmarkReport("pipeline", clock);

    private PipelineBenchmark() {}

    /** Optional argument: a file for the JSON report. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createTempDirectory("tidemark-pipeline");
        try {
            new PipelineBenchmark().run(new DataDirectory(folder), arguments.length > 0 ? arguments[0] : null);
        } finally {
            delete(folder);
        }
    }

    private void run(DataDirectory data, String file) {
        long start = System.nanoTime();
        ExternalParts nothing = new ExternalParts(Optional.empty(), Map.of(), Optional.empty(), Optional.empty());
        try (StackSupervisor stack =
                StackSupervisor.start(data, nothing, Ports.free(), MINIMUM_FREE_BYTES, System.err::println)) {
            stack.startRun("");
            SqlClient sql = new SqlClient(stack.endpoints().clickHouse());
            try (Load load = new Load(stack.endpoints(), clock)) {
                awaitTraces(sql, load.send(1, 0));
                report.with("ready_seconds", seconds(start));
                long sent = atAFixedRate(load, sql);
                asFastAsItGoes(load, sql, sent, data);
            }
            memory(data);
        }
        report.print(file);
    }

    private long atAFixedRate(Load load, SqlClient sql) {
        Freshness freshness = new Freshness(sql, clock);
        long count = RATE * RATE_SECONDS;
        Thread sender = new Thread(() -> load.send(count, RATE), "load");
        sender.start();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(RATE_SECONDS + DEADLINE_SECONDS);
        while (freshness.traces() < count && System.nanoTime() < deadline) {
            freshness.poll();
        }
        report.requireCount("fixed_rate_traces", count, freshness.traces())
                .with("fixed_rate_per_second", RATE)
                .with("event_to_row_p50_millis", freshness.traceQuantile(0.5))
                .with("event_to_row_p95_millis", freshness.traceQuantile(0.95))
                .with("event_to_row_p99_millis", freshness.traceQuantile(0.99))
                .with("panes_seen", freshness.panes())
                .with("watermark_to_pane_p50_millis", freshness.paneQuantile(0.5))
                .with("watermark_to_pane_max_millis", freshness.paneQuantile(1));
        return count + 1;
    }

    private void asFastAsItGoes(Load load, SqlClient sql, long before, DataDirectory data) {
        Map<String, Double> cpuBefore = cpu(data);
        long start = System.nanoTime();
        long all = load.send(BURST, 0);
        double sendSeconds = seconds(start);
        awaitTraces(sql, all);
        double traceSeconds = seconds(start);
        // one more trace a second moves the watermark past the last panes of the burst
        long extra = awaitWindows(load, sql, all);
        double windowSeconds = seconds(start) - TimeUnit.MILLISECONDS.toSeconds(WATERMARK_MILLIS);
        report.requireCount("burst_traces", BURST, all - before)
                .with("burst_extra_traces", extra)
                .with("burst_send_seconds", sendSeconds)
                .with("burst_traces_per_second_to_rows", Math.round(BURST / traceSeconds))
                .with(
                        "burst_traces_per_second_to_rows_and_windows",
                        Math.round(BURST / Math.max(traceSeconds, windowSeconds)))
                .with("cpu_micros_per_trace", perTrace(cpuBefore, cpu(data)));
    }

    private long awaitWindows(Load load, SqlClient sql, long wanted) {
        long extra = 0;
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        String question =
                "SELECT toString(sum(requests)) AS n FROM tidemark.windows WHERE window_seconds = 10 AND slice_level = 'all'";
        while (sql.rows(question).get(0).get("n").asLong() < wanted) {
            requireBefore(deadline, "windows");
            extra += KEEP_ALIVE;
            load.send(KEEP_ALIVE, KEEP_ALIVE);
        }
        return extra;
    }

    private static void awaitTraces(SqlClient sql, long wanted) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        while (sql.rows("SELECT toString(count()) AS n FROM tidemark.traces")
                        .get(0)
                        .get("n")
                        .asLong()
                < wanted) {
            requireBefore(deadline, "traces");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
        }
    }

    private static void requireBefore(long deadline, String what) {
        if (System.nanoTime() > deadline) {
            throw new IllegalStateException("not all %s arrived in %d s".formatted(what, DEADLINE_SECONDS));
        }
    }

    private static Map<String, Double> cpu(DataDirectory data) {
        Map<String, Double> seconds = new TreeMap<>();
        parts(data)
                .forEach(part ->
                        seconds.put(part.name(), ProcessCost.of(part.pid()).cpuSeconds()));
        seconds.put("load", ProcessCost.of(ProcessHandle.current().pid()).cpuSeconds());
        return seconds;
    }

    private static Map<String, Double> perTrace(Map<String, Double> before, Map<String, Double> after) {
        Map<String, Double> micros = new TreeMap<>();
        after.forEach((part, seconds) ->
                micros.put(part, Math.round((seconds - before.getOrDefault(part, 0.0)) / BURST * 1e8) / 100.0));
        return micros;
    }

    private void memory(DataDirectory data) {
        Map<String, Long> mebibytes = new TreeMap<>();
        parts(data)
                .forEach(part ->
                        mebibytes.put(part.name(), ProcessCost.of(part.pid()).peakResidentBytes() >> 20));
        report.with("peak_resident_mib", mebibytes)
                .with(
                        "peak_resident_mib_all",
                        mebibytes.values().stream().mapToLong(Long::longValue).sum());
    }

    private static Iterable<StackState.PartState> parts(DataDirectory data) {
        return StackState.ofRunning(data).orElseThrow().parts();
    }

    private static double seconds(long startNanos) {
        return (System.nanoTime() - startNanos) / 1e9;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
