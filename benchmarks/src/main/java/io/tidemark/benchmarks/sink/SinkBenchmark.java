package io.tidemark.benchmarks.sink;

import io.tidemark.benchmarks.report.BenchmarkReport;
import io.tidemark.benchmarks.report.Rounds;
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
import io.tidemark.cli.stack.StackEndpoints;
import io.tidemark.cli.stack.StackPreparation;
import io.tidemark.cli.stack.StackSupervisor;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.registry.SchemaRegistry;
import io.tidemark.sink.column.NativeBlock;
import io.tidemark.sink.insert.JdbcPath;
import io.tidemark.sink.insert.NativePath;
import io.tidemark.sink.insert.RowBinaryPath;
import io.tidemark.sink.insert.RowPath;
import io.tidemark.sink.insert.RowValues;
import io.tidemark.sink.insert.Target;
import io.tidemark.sink.table.StoredTopic;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Rows a second into the table of traces: the sink process from a backlog in Kafka to committed offsets, its insert path alone with the same
 * blocks ready ("bare") or made of serialized traces in memory ("bare from records"), and the other ways of the driver on fewer rows. Every round measures each of them once.
 *
 * <p>The bare path inserts the blocks into several copies of the table. Into one it would be done before the engine begins to merge, which the
 * engine must do for every row in the end and does for the sink.
 */
public final class SinkBenchmark {

    private static final long ROWS = 600_000;
    private static final int ROUNDS = 3;
    /** As many as the sink has unless it is told otherwise. */
    private static final int PARALLEL = 2;

    private static final int BLOCK_ROWS = 50_000;
    private static final int OTHER_ROWS = 20_000;
    private static final long MINIMUM_FREE_BYTES = 4L << 30;
    private static final String TABLE = StoredTopic.TRACES.table();
    private static final List<String> COPIES =
            IntStream.rangeClosed(1, 6).mapToObj(i -> TABLE + "_copy_" + i).toList();

    private final Clock clock = Clock.systemUTC();
    private final BenchmarkReport report = new BenchmarkReport("sink", clock);
    private final Rounds rounds = new Rounds();
    private final DataDirectory data;
    private final StackEndpoints endpoints;
    private final SqlClient sql;
    private final TraceStamps stamps;
    private final EventTimes times;
    private final long rows;
    private final List<NativeBlock> blocks;
    private final TraceBlocks builder;
    private final NativeBlock fewBlock;
    private final RowValues fewRows;

    private SinkBenchmark(StackEndpoints endpoints, DataDirectory data, long rows) {
        this.endpoints = endpoints;
        this.data = data;
        this.rows = rows;
        this.sql = new SqlClient(endpoints.clickHouse());
        SchemaRegistry registry = endpoints.newRegistryClient();
        this.stamps = new TraceStamps(registry, 1);
        Instant start = clock.instant().minus(Duration.ofHours(1));
        this.times =
                EventTimes.evenly(ChronoUnit.MICROS.between(Instant.EPOCH, start), TimeUnit.MINUTES.toMicros(50), rows);
        this.builder = new TraceBlocks(stamps, registry, clock);
        this.blocks = builder.build(0, rows, BLOCK_ROWS, times);
        this.fewBlock = builder.build(0, OTHER_ROWS, OTHER_ROWS, times).get(0);
        this.fewRows = RowValues.of(fewBlock);
    }

    /** Optional arguments: a file for the JSON report, the number of rows, the number of rounds. */
    public static void main(String[] arguments) throws IOException, SQLException {
        long rows = arguments.length > 1 ? Long.parseLong(arguments[1]) : ROWS;
        int count = arguments.length > 2 ? Integer.parseInt(arguments[2]) : ROUNDS;
        DataDirectory data = new DataDirectory(Files.createTempDirectory("tidemark-sink"));
        try (StackSupervisor stack = StackSupervisor.start(
                data, ExternalParts.none(), Ports.free(), MINIMUM_FREE_BYTES, System.err::println)) {
            SinkBenchmark benchmark = new SinkBenchmark(stack.endpoints(), data, rows);
            benchmark.measure(count);
            benchmark.report(arguments.length > 0 ? arguments[0] : null);
        } finally {
            data.delete();
        }
    }

    private void measure(int count) throws SQLException {
        Target target = target(endpoints.clickHouse());
        try (NativePath bare = new NativePath(target);
                RowPath jdbc = new JdbcPath(target, false);
                RowPath jdbcBinary = new JdbcPath(target, true);
                RowPath rowBinary = new RowBinaryPath(target)) {
            COPIES.forEach(copy -> sql.rows("CREATE TABLE tidemark.%s AS tidemark.%s".formatted(copy, TABLE)));
            // the first inserts of a client and of an engine are slow
            BareInsert.insert(bare, COPIES, blocks, "warm-up", PARALLEL);
            for (int round = 1; round <= count; round++) {
                String name = "round-" + round;
                long copied = rows * COPIES.size();
                measure("bare", copied, () -> BareInsert.insert(bare, COPIES, blocks, name, PARALLEL));
                measure("bare_one_by_one", copied, () -> BareInsert.insert(bare, COPIES, blocks, name + "-one", 1));
                measure(
                        "bare_from_records",
                        rows,
                        () -> BareInsert.insert(
                                bare,
                                List.of(TABLE),
                                builder.lazily(0, rows, BLOCK_ROWS, times),
                                name + "-records",
                                PARALLEL));
                sinkService(round);
                measure("native_of_few_rows", OTHER_ROWS, () -> bare.insert(TABLE, fewBlock, name));
                measure("jdbc_batch", OTHER_ROWS, () -> jdbc.insert(TABLE, fewRows, name + "-jdbc"));
                measure("jdbc_batch_row_binary", OTHER_ROWS, () -> jdbcBinary.insert(TABLE, fewRows, name));
                measure("client_row_binary", OTHER_ROWS, () -> rowBinary.insert(TABLE, fewRows, name + "-rows"));
            }
        }
    }

    private void measure(String variant, long expected, Runnable insert) {
        truncate();
        StackCosts before = StackCosts.now(data);
        long start = System.nanoTime();
        insert.run();
        double seconds = (System.nanoTime() - start) / 1e9;
        engineCost(variant, before, expected);
        report.requireCount(variant + "_rows", expected, stored());
        rounds.add(variant + "_rows_per_second", expected / seconds);
    }

    private void sinkService(int round) {
        String run = "sink-benchmark-" + round;
        StackPreparation.createTopics(endpoints, run);
        try (TraceBacklog backlog = new TraceBacklog(endpoints, stamps)) {
            backlog.send(TopicCatalogue.TRACES.nameInRun(run), 0, rows, times);
        }
        truncate();
        StackCosts before = StackCosts.now(data);
        SinkRound result = SinkRound.measure(endpoints, run, rows, data.root().resolve("sink-under-test.log"));
        engineCost("sink", before, rows);
        report.requireCount("sink_rows", rows, stored());
        rounds.add("sink_rows_per_second", result.rowsPerSecond());
        rounds.add("sink_without_first_fifth_rows_per_second", result.laterRowsPerSecond());
        rounds.add("sink_cpu_micros_per_row", result.cpuMicrosPerRow());
        rounds.add("sink_rows_per_insert", result.rowsPerInsert());
    }

    private void engineCost(String variant, StackCosts before, long count) {
        rounds.add(
                variant + "_engine_cpu_micros_per_row",
                StackCosts.now(data).microsPerEvent(before, count).get(PartNames.CLICKHOUSE));
    }

    private void report(String file) {
        rounds.writeTo(report);
        for (String sink : List.of("sink", "sink_without_first_fifth")) {
            for (String bare : List.of("bare", "bare_one_by_one", "bare_from_records")) {
                report.with(
                        sink + "_share_of_" + bare,
                        rounds.median(sink + "_rows_per_second") / rounds.median(bare + "_rows_per_second"));
            }
        }
        report.print(file);
    }

    private void truncate() {
        tables().forEach(table -> sql.rows("TRUNCATE TABLE tidemark." + table + " SYNC"));
    }

    private long stored() {
        return tables().mapToLong(this::stored).sum();
    }

    private long stored(String table) {
        return sql.rows("SELECT toString(count()) AS n FROM tidemark." + table)
                .get(0)
                .get("n")
                .asLong();
    }

    private static Stream<String> tables() {
        return Stream.concat(Stream.of(TABLE), COPIES.stream());
    }

    private static Target target(ClickHouseAccess access) {
        return new Target(
                access.httpUrl().toString(), access.user(), access.password(), access.database(), false, Map.of());
    }
}
