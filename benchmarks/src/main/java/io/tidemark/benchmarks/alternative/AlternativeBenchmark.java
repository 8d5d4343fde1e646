package io.tidemark.benchmarks.alternative;

import io.tidemark.benchmarks.report.BenchmarkReport;
import io.tidemark.benchmarks.report.StackCosts;
import io.tidemark.benchmarks.traffic.EventTimes;
import io.tidemark.benchmarks.traffic.TraceBacklog;
import io.tidemark.benchmarks.traffic.TraceBlocks;
import io.tidemark.benchmarks.traffic.TraceStamps;
import io.tidemark.cli.query.SqlClient;
import io.tidemark.cli.stack.ClickHouseAccess;
import io.tidemark.cli.stack.DataDirectory;
import io.tidemark.cli.stack.ExternalParts;
import io.tidemark.cli.stack.PartNames;
import io.tidemark.cli.stack.Ports;
import io.tidemark.cli.stack.StackSupervisor;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.registry.SchemaRegistry;
import io.tidemark.sink.column.NativeBlock;
import io.tidemark.sink.insert.NativePath;
import io.tidemark.sink.insert.Target;
import io.tidemark.sink.table.StoredTopic;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * The same traces twice: through Tidemark's windows job and sink, and as raw rows into a user's own tables, whose materialized views keep
 * t-digests of the same slices. For both: CPU time for each trace, and the errors of the percentiles of 60 s windows.
 */
public final class AlternativeBenchmark {

    private static final long TRACES = 1_000_000;
    private static final long WARM_UP = 300_000;
    private static final int BLOCK_ROWS = 50_000;
    private static final int WINDOWS = 10;
    private static final int ENOUGH_EVENTS = 100;

    /** Enough for every partition to get one; their event times lift the watermark past the windows. */
    private static final int AFTERWARDS = 40;

    private static final long DEADLINE_SECONDS = 300;
    private static final long MINIMUM_FREE_BYTES = 4L << 30;
    private static final String TABLE = StoredTopic.TRACES.table();

    private final Clock clock = Clock.systemUTC();
    private final BenchmarkReport report = new BenchmarkReport("alternative", clock);
    private final StackSupervisor stack;
    private final SqlClient sql;
    private final SchemaRegistry registry;
    private final TraceStamps stamps;
    private final long traces;
    private final long firstWindowSeconds;
    private final EventTimes times;
    private final PercentileErrors errors;
    private long sent;

    private AlternativeBenchmark(StackSupervisor stack, long traces) {
        this.stack = stack;
        this.traces = traces;
        this.sql = new SqlClient(stack.endpoints().clickHouse());
        this.registry = stack.endpoints().newRegistryClient();
        this.stamps = new TraceStamps(registry, 1);
        this.firstWindowSeconds = clock.instant()
                .truncatedTo(ChronoUnit.MINUTES)
                .minus(Duration.ofMinutes(WINDOWS + 5L))
                .getEpochSecond();
        this.times = EventTimes.evenly(micros(firstWindowSeconds), TimeUnit.MINUTES.toMicros(WINDOWS), traces);
        this.errors = new PercentileErrors(sql, firstWindowSeconds, endSeconds());
        this.sent = traces;
    }

    /** Optional arguments: a file for the JSON report, the number of traces. */
    public static void main(String[] arguments) throws IOException {
        long traces = arguments.length > 1 ? Long.parseLong(arguments[1]) : TRACES;
        DataDirectory data = new DataDirectory(Files.createTempDirectory("tidemark-alternative"));
        try (StackSupervisor stack = StackSupervisor.start(
                data, ExternalParts.none(), Ports.free(), MINIMUM_FREE_BYTES, System.err::println)) {
            AlternativeBenchmark benchmark = new AlternativeBenchmark(stack, traces);
            benchmark.tidemark();
            benchmark.ownTables("few", new OwnTables("own_few", OwnTables.FEW));
            benchmark.ownTables("many", new OwnTables("own_many", OwnTables.MANY));
            benchmark.report.print(arguments.length > 0 ? arguments[0] : null);
        } finally {
            data.delete();
        }
    }

    private void tidemark() {
        stack.startRun("");
        try (TraceBacklog backlog = new TraceBacklog(stack.endpoints(), stamps)) {
            String topic = TopicCatalogue.TRACES.name();
            // before the first window, so that a warm process is measured and the windows hold the measured traces only
            sendMore(backlog, WARM_UP, number -> micros(firstWindowSeconds - 90));
            await("warm-up", () -> stored() >= WARM_UP);
            sendMore(backlog, AFTERWARDS, number -> micros(firstWindowSeconds - 10));
            quiet();
            StackCosts before = StackCosts.now(stack.data());
            long start = System.nanoTime();
            backlog.send(topic, 0, traces, times);
            awaitWindows(backlog);
            quiet();
            Map<String, Double> micros = StackCosts.now(stack.data()).microsPerEvent(before, traces);
            report.requireCount("tidemark_traces", traces, storedInWindows())
                    .requireCount("tidemark_traces_in_windows", traces, windowed(firstWindowSeconds, endSeconds()))
                    .with("tidemark_seconds", (System.nanoTime() - start) / 1e9)
                    .with("tidemark_cpu_micros_per_trace", micros)
                    .with(
                            "tidemark_cpu_micros_per_trace_of_jobs_sink_and_engine",
                            micros.get(PartNames.JOBS) + micros.get(PartNames.SINK) + micros.get(PartNames.CLICKHOUSE));
        }
        stack.stopRun("");
        report.with("tidemark_errors_all_slices", errors.ofTidemark(1))
                .with("tidemark_errors_slices_of_100_events", errors.ofTidemark(ENOUGH_EVENTS));
    }

    private void awaitWindows(TraceBacklog backlog) {
        await("windows", () -> {
            if (windowed(firstWindowSeconds, endSeconds()) >= traces) {
                return true;
            }
            sendMore(backlog, AFTERWARDS, number -> micros(endSeconds() + 90));
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(3));
            return false;
        });
    }

    private void ownTables(String name, OwnTables own) {
        own.create(sql);
        List<NativeBlock> blocks = new TraceBlocks(stamps, registry, clock).build(0, traces, BLOCK_ROWS, times);
        quiet();
        StackCosts before = StackCosts.now(stack.data());
        long start = System.nanoTime();
        try (NativePath path = new NativePath(target(own.database()))) {
            for (int i = 0; i < blocks.size(); i++) {
                path.insert(TABLE, blocks.get(i), name + "-" + i);
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        quiet();
        Map<String, Double> micros = StackCosts.now(stack.data()).microsPerEvent(before, traces);
        String prefix = "own_tables_%s_measures".formatted(name);
        report.with(prefix, own.measures().size())
                .requireCount(prefix + "_traces_in_windows", traces, own.requests(sql))
                .with(prefix + "_insert_seconds", seconds)
                .with(prefix + "_cpu_micros_per_trace", micros)
                .with(
                        prefix + "_cpu_micros_per_trace_of_client_and_engine",
                        micros.get(PartNames.CLICKHOUSE) + micros.get(StackCosts.THIS_PROCESS))
                .with(prefix + "_errors_all_slices", errors.of(own, 1))
                .with(prefix + "_errors_slices_of_100_events", errors.of(own, ENOUGH_EVENTS));
    }

    private void sendMore(TraceBacklog backlog, long count, EventTimes at) {
        backlog.send(TopicCatalogue.TRACES.name(), sent, sent + count, at);
        sent += count;
    }

    private long stored() {
        return number("SELECT toString(count()) AS n FROM tidemark." + TABLE);
    }

    private long storedInWindows() {
        return number(
                "SELECT toString(uniqExact(inference_id)) AS n FROM tidemark.%s WHERE event_time >= %d AND event_time < %d"
                        .formatted(TABLE, firstWindowSeconds, endSeconds()));
    }

    private long windowed(long fromSeconds, long toSeconds) {
        return number(
                "SELECT toString(sum(requests)) AS n FROM tidemark.windows WHERE window_seconds = 60 AND slice_level = 'all' AND window_start >= %d AND window_start < %d"
                        .formatted(fromSeconds, toSeconds));
    }

    /** Merges in the background belong to what caused them. */
    private void quiet() {
        await("background merges", () -> number("SELECT toString(count()) AS n FROM system.merges") == 0);
    }

    private long number(String question) {
        return sql.rows(question).get(0).get("n").asLong();
    }

    private static void await(String what, BooleanSupplier reached) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        while (!reached.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("%s: not there after %d s".formatted(what, DEADLINE_SECONDS));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
        }
    }

    private long endSeconds() {
        return firstWindowSeconds + TimeUnit.MINUTES.toSeconds(WINDOWS);
    }

    private static long micros(long seconds) {
        return TimeUnit.SECONDS.toMicros(seconds);
    }

    private Target target(String database) {
        ClickHouseAccess access = stack.endpoints().clickHouse();
        return new Target(access.httpUrl().toString(), access.user(), access.password(), database, false, Map.of());
    }
}
