package io.tidemark.benchmarks.sink;

import io.tidemark.benchmarks.report.ProcessCost;
import io.tidemark.cli.stack.ClickHouseAccess;
import io.tidemark.cli.stack.StackEndpoints;
import io.tidemark.sink.SinkProcess;
import io.tidemark.stack.ChildProcess;
import io.tidemark.stack.FreePorts;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A sink process that works off a backlog.
 *
 * @param rowsPerSecond from the moment it has its partitions until all is committed
 * @param laterRowsPerSecond the same without the first fifth, in which a new process is still slow
 * @param cpuMicrosPerRow CPU time of the sink process in that time
 * @param rowsPerInsert mean size of its inserts
 */
record SinkRound(double rowsPerSecond, double laterRowsPerSecond, double cpuMicrosPerRow, double rowsPerInsert) {

    private static final Duration READY_DEADLINE = Duration.ofMinutes(1);
    private static final Duration STOP_DEADLINE = Duration.ofSeconds(20);
    private static final long DEADLINE_SECONDS = 300;
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final int FIRST_SHARE = 5;
    private static final String INSERTS = "tidemark_sink_batches_total";

    static SinkRound measure(StackEndpoints endpoints, String run, long rows, Path log) {
        int metricsPort = FreePorts.next();
        try (ChildProcess sink = ChildProcess.start(specification(endpoints, run, metricsPort, log));
                CommittedRows committed = new CommittedRows(endpoints, run)) {
            sink.awaitReady(committed::isConsuming, READY_DEADLINE);
            double cpu = ProcessCost.of(sink.pid()).cpuSeconds();
            long start = System.nanoTime();
            long[] first = {0, start};
            await(() -> {
                long count = committed.count();
                if (first[0] == 0 && count * FIRST_SHARE >= rows) {
                    first[0] = count;
                    first[1] = System.nanoTime();
                }
                return count >= rows;
            });
            long end = System.nanoTime();
            double used = ProcessCost.of(sink.pid()).cpuSeconds() - cpu;
            double inserts = inserts(metricsPort);
            sink.stop(STOP_DEADLINE);
            return new SinkRound(
                    rows / seconds(start, end),
                    (rows - first[0]) / seconds(first[1], end),
                    used / rows * 1e6,
                    rows / inserts);
        }
    }

    private static ChildProcess.Specification specification(
            StackEndpoints endpoints, String run, int metricsPort, Path log) {
        ClickHouseAccess clickHouse = endpoints.clickHouse();
        List<String> arguments = List.of(
                "--run=" + run,
                "--lifeline=stdin",
                "--kafka.bootstrap-servers=" + endpoints.kafkaBootstrapServers(),
                "--registry.url=" + endpoints.registryUrl(),
                "--clickhouse.url=" + clickHouse.httpUrl(),
                "--clickhouse.database=" + clickHouse.database(),
                "--clickhouse.user=" + clickHouse.user(),
                "--sink.migrate=false",
                "--metrics.port=" + metricsPort);
        return new ChildProcess.Specification(
                "sink",
                SinkProcess.class,
                List.of("-Xms128m", "-Xmx600m", "-XX:+UseSerialGC"),
                arguments,
                Map.of("TIDEMARK_CLICKHOUSE_PASSWORD", clickHouse.password()),
                log);
    }

    private static double inserts(int metricsPort) {
        try (InputStream page = URI.create("http://127.0.0.1:%d/metrics".formatted(metricsPort))
                .toURL()
                .openStream()) {
            return new String(page.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith(INSERTS))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException("the sink does not show its metrics", e);
        }
    }

    private static void await(BooleanSupplier reached) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        while (!reached.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the sink has not committed all in %d s".formatted(DEADLINE_SECONDS));
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private static double seconds(long startNanos, long endNanos) {
        return Math.max(1, endNanos - startNanos) / 1e9;
    }
}
