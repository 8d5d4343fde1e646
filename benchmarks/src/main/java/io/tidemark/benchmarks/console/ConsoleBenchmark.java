package io.tidemark.benchmarks.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.benchmarks.report.BenchmarkReport;
import io.tidemark.benchmarks.report.StackCosts;
import io.tidemark.cli.query.SqlClient;
import io.tidemark.cli.stack.ConsoleAccess;
import io.tidemark.cli.stack.DataDirectory;
import io.tidemark.cli.stack.ExternalParts;
import io.tidemark.cli.stack.PartNames;
import io.tidemark.cli.stack.Ports;
import io.tidemark.cli.stack.StackSupervisor;
import io.tidemark.platform.config.Configuration;
import io.tidemark.platform.config.ConfigurationKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * {@code benchmarks/run console}: 30 days of minute windows of 1,000 slices in the embedded engine; then how long each query of the API takes,
 * how soon a board can be read in Chromium, and what boards that stay open cost.
 */
public final class ConsoleBenchmark {

    private static final ConfigurationKey<Integer> DAYS =
            ConfigurationKey.integer("days", 30, 1, 90, "days of windows");
    private static final ConfigurationKey<Integer> ROUNDS =
            ConfigurationKey.integer("rounds", 5, 1, 1_000, "questions for each path and selection");
    private static final ConfigurationKey<Integer> BOARDS =
            ConfigurationKey.integer("boards", 20, 1, 100, "boards that stay open");
    private static final ConfigurationKey<String> DATA = ConfigurationKey.text(
            "data", "", "data directory that stays; one that is filled is used again (default: one that is deleted)");
    private static final ConfigurationKey<String> OUT = ConfigurationKey.text("out", "", "file for the JSON report");

    private static final long MINIMUM_FREE_BYTES = 16L << 30;
    private static final long WATCHED_SECONDS = 60;
    private static final int LOADS = 20;
    private static final List<String> SERVING = List.of(PartNames.CONSOLE, PartNames.CLICKHOUSE);
    private static final List<Integer> LOADED_RANGES = List.of(7_200, 2_592_000);

    private final Clock clock = Clock.systemUTC();
    private final BenchmarkReport report = new BenchmarkReport("console", clock);
    private final Configuration settings;
    private final StackSupervisor stack;

    private ConsoleBenchmark(Configuration settings, StackSupervisor stack) {
        this.settings = settings;
        this.stack = stack;
    }

    /** Runs the benchmark and prints one JSON object. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Configuration settings =
                Configuration.load(List.of(DAYS, ROUNDS, BOARDS, DATA, OUT), Map.of(), List.of(arguments));
        boolean isKept = !settings.get(DATA).isEmpty();
        DataDirectory data =
                new DataDirectory(isKept ? Path.of(settings.get(DATA)) : Files.createTempDirectory("tidemark-console"));
        try (StackSupervisor stack = StackSupervisor.start(
                data, ExternalParts.none(), Ports.free(), MINIMUM_FREE_BYTES, System.err::println)) {
            new ConsoleBenchmark(settings, stack).run();
        } finally {
            if (!isKept) {
                data.delete();
            }
        }
    }

    private void run() throws IOException, InterruptedException {
        SqlClient sql = new SqlClient(stack.endpoints().clickHouse());
        // the data ends after the measurements, so that the pages follow the clock
        Instant end = clock.instant().truncatedTo(ChronoUnit.HOURS).plus(3, ChronoUnit.HOURS);
        Month month = new Month(sql, end, settings.get(DAYS));
        if (month.minuteWindows() == 0) {
            month.fill(System.err::println);
        }
        report.requireCount("minute_windows", month.expectedMinuteWindows(), month.minuteWindows())
                .with("slices", Month.SLICES)
                .with("windows_gigabytes_on_disk", Math.round(month.bytesOnDisk() / 1e8) / 10.0);
        ConsoleAccess console = stack.startConsole(0, Optional.empty());
        Api api = new Api(console, clock.instant(), this::cpuSeconds);
        api.awaitReady();
        note("query_ms", api.measure(settings.get(ROUNDS)));
        try (Boards boards = Boards.start(console)) {
            for (int range : LOADED_RANGES) {
                note(
                        "board_interactive_ms_%d_s".formatted(range),
                        boards.command("load %d %d".formatted(range, LOADS)));
            }
            Map<String, Double> idle = cores();
            for (String kind : List.of("same", "own")) {
                open(boards, kind, idle);
            }
        }
        report.print(settings.get(OUT).isEmpty() ? null : settings.get(OUT));
    }

    /** Into the report, and at once to the terminal: the whole takes long. */
    private void note(String name, Object figures) {
        System.err.println(name + ": " + figures);
        report.with(name, figures);
    }

    private double cpuSeconds() {
        Map<String, Double> seconds = StackCosts.now(stack.data()).seconds();
        return SERVING.stream().mapToDouble(seconds::get).sum();
    }

    /** Cores that boards cost the console and the engine; those of the browser belong to the people who look. */
    private void open(Boards boards, String kind, Map<String, Double> idle) throws IOException {
        JsonNode opened = boards.command("open %d %s".formatted(settings.get(BOARDS), kind));
        Map<String, Double> watched = cores();
        int failures = boards.command("check").path("failures").asInt();
        if (failures > 0) {
            throw new IllegalStateException("%d questions of %s boards were not answered".formatted(failures, kind));
        }
        Map<String, Double> cost = new TreeMap<>();
        for (String part : SERVING) {
            cost.put(part, Math.round((watched.get(part) - idle.get(part)) * 1000) / 1000.0);
        }
        cost.put(
                "total", cost.values().stream().mapToDouble(Double::doubleValue).sum());
        note("cores_of_boards_" + kind, cost);
        report.with("boards_" + kind, opened);
    }

    private Map<String, Double> cores() {
        StackCosts before = StackCosts.now(stack.data());
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(WATCHED_SECONDS));
        Map<String, Double> cores = new TreeMap<>();
        StackCosts.now(stack.data())
                .seconds()
                .forEach((name, seconds) ->
                        cores.put(name, (seconds - before.seconds().get(name)) / WATCHED_SECONDS));
        return cores;
    }
}
