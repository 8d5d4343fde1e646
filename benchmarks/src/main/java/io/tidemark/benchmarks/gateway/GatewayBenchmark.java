package io.tidemark.benchmarks.gateway;

import io.tidemark.benchmarks.report.BenchmarkReport;
import io.tidemark.benchmarks.report.CompilerTime;
import io.tidemark.benchmarks.report.ProcessCost;
import io.tidemark.benchmarks.report.Rounds;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.gateway.server.GatewayProcess;
import io.tidemark.platform.access.ApiKey;
import io.tidemark.stack.ChildProcess;
import io.tidemark.stack.EmbeddedKafka;
import io.tidemark.stack.EmbeddedRegistry;
import io.tidemark.stack.FreePorts;
import io.tidemark.stack.Topics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/**
 * The gateway with its broker and its load on one machine, OTLP protobuf with gzip, acks=all: spans a second, latency at half of the goal, processor
 * time for each span against parsing the protobuf alone, and the latency of one tenant while another sends ten times its quota.
 */
public final class GatewayBenchmark {

    private static final int BODIES = 60;
    private static final int SPANS = 300;
    private static final int SPANS_OF_THE_QUIET = 30;
    private static final int CONNECTIONS = 8;
    private static final int MOST_WARM_UP_PHASES = 12;
    /** Share of the gateway's processor time below which its compilers have done their work. */
    private static final double WARM_SHARE = 0.03;

    private static final int ROUNDS = 5;
    private static final long PROBE_PAUSE_MILLIS = 200;
    private static final int NOISE_SLOTS = 80;
    private static final String KEY = "tmk_benchmark-key-0123456789";
    private static final String NOISY_KEY = "tmk_benchmark-noisy-0123456789";
    private static final double GOAL_SPANS_PER_SECOND = 15_000;
    private static final double NOISY_QUOTA = 1_500;

    private final Clock clock = Clock.systemUTC();
    private final BenchmarkReport report = new BenchmarkReport("gateway", clock);
    private final List<byte[]> bodies = new TraceBodies(clock.instant()).build(BODIES, SPANS);
    private final List<byte[]> zipped =
            bodies.stream().map(GatewayBenchmark::gzip).toList();
    private final double seconds;

    private GatewayBenchmark(double seconds) {
        this.seconds = seconds;
    }

    /** Optional arguments: a file for the JSON report, the seconds of a phase. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        double seconds = arguments.length > 1 ? Double.parseDouble(arguments[1]) : 8;
        Path directory = Files.createTempDirectory("tidemark-gateway");
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory.resolve("kafka"), 0);
                EmbeddedRegistry registry =
                        EmbeddedRegistry.start(kafka.bootstrapServers(), directory.resolve("registry"), 0)) {
            Topics.create(kafka.bootstrapServers(), "", 4);
            GatewayBenchmark benchmark = new GatewayBenchmark(seconds);
            benchmark.measure(kafka.bootstrapServers(), registry.url(), directory);
            benchmark.report.print(arguments.length > 0 ? arguments[0] : null);
        }
    }

    private void measure(String bootstrapServers, String registryUrl, Path directory)
            throws IOException, InterruptedException {
        int port = FreePorts.next();
        ChildProcess gateway = ChildProcess.start(new ChildProcess.Specification(
                "gateway",
                GatewayProcess.class,
                List.of("-Xms512m", "-Xmx512m", "-XX:+UseSerialGC"),
                List.of(
                        "--lifeline=stdin",
                        "--kafka.bootstrap-servers=" + bootstrapServers,
                        "--registry.url=" + registryUrl,
                        "--gateway.http-port=" + port,
                        "--gateway.grpc-port=0",
                        "--gateway.spans-per-second=1000000",
                        "--gateway.keys=" + ApiKey.hash(KEY) + " acme;" + ApiKey.hash(NOISY_KEY)
                                + " noisy spans-per-second=" + NOISY_QUOTA),
                directory.resolve("gateway.log")));
        try (gateway) {
            gateway.awaitReady(() -> answers(port), Duration.ofMinutes(1));
            List<byte[]> requests = requests(zipped, KEY);
            warmUp(gateway, port, requests);
            fullSpeed(gateway, port, requests);
            LoadPhase half = load(port, requests, GOAL_SPANS_PER_SECOND / 2 / SPANS, 3 * seconds);
            report.with("p50_millis_at_half_the_goal", half.quantileMillis(0.5));
            report.with("p99_millis_at_half_the_goal", half.quantileMillis(0.99));
            neighbours(port);
        }
        report.with("partitions_written_topic", TopicCatalogue.SPANS.partitions());
    }

    /** Until the compilers of the gateway have little left to do. */
    private void warmUp(ChildProcess gateway, int port, List<byte[]> requests) throws InterruptedException {
        double share = 1;
        int phases = 0;
        while (share > WARM_SHARE && phases < MOST_WARM_UP_PHASES) {
            double cpu = ProcessCost.of(gateway.pid()).cpuSeconds();
            double compilers = CompilerTime.seconds(gateway.pid());
            load(port, requests, 0, seconds);
            share = (CompilerTime.seconds(gateway.pid()) - compilers)
                    / (ProcessCost.of(gateway.pid()).cpuSeconds() - cpu);
            phases++;
        }
        report.with("warm_up_phases", phases);
        report.with("compilers_share_after_warm_up", share);
    }

    /** Several rounds, each with the cost of parsing beside it. All that the process takes counts: collector and compilers too. */
    private void fullSpeed(ChildProcess gateway, int port, List<byte[]> requests) throws InterruptedException {
        Rounds rounds = new Rounds();
        ParseCost parsing = new ParseCost(bodies, zipped);
        long refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            parsing.forget();
            double before = ProcessCost.of(gateway.pid()).cpuSeconds();
            LoadPhase full = load(port, requests, 0, seconds, parsing::probe);
            double cpu = ProcessCost.of(gateway.pid()).cpuSeconds() - before;
            double micros = cpu * 1e6 / (full.taken() * SPANS);
            refused += full.refused();
            rounds.add("spans_per_second", full.taken() * SPANS / seconds);
            rounds.add("p99_millis_at_full_speed", full.quantileMillis(0.99));
            rounds.add("cpu_micros_per_span", micros);
            rounds.add("parse_micros_per_span", parsing.parseMicrosPerSpan());
            rounds.add("gunzip_micros_per_span", parsing.unzipMicrosPerSpan());
            rounds.add("cpu_against_parse", micros / parsing.parseMicrosPerSpan());
            rounds.add(
                    "cpu_against_gunzip_and_parse",
                    micros / (parsing.parseMicrosPerSpan() + parsing.unzipMicrosPerSpan()));
        }
        rounds.writeTo(report);
        report.with("refused_requests", refused);
    }

    private void neighbours(int port) throws InterruptedException {
        List<byte[]> small = new TraceBodies(clock.instant()).build(BODIES, SPANS_OF_THE_QUIET);
        List<byte[]> quiet = requests(small.stream().map(GatewayBenchmark::gzip).toList(), KEY);
        List<byte[]> noisy = requests(zipped, NOISY_KEY);
        double quietPerSecond = GOAL_SPANS_PER_SECOND / 2 / SPANS_OF_THE_QUIET;
        load(port, quiet, quietPerSecond, seconds);
        new NoisyNeighbour(port, quiet, quietPerSecond, noisy, 10 * NOISY_QUOTA / SPANS, NOISE_SLOTS).measure(report);
    }

    private static LoadPhase load(int port, List<byte[]> requests, double requestsPerSecond, double seconds)
            throws InterruptedException {
        return load(port, requests, requestsPerSecond, seconds, () -> {});
    }

    /** @param probe run again and again while the load runs */
    private static LoadPhase load(
            int port, List<byte[]> requests, double requestsPerSecond, double seconds, Runnable probe)
            throws InterruptedException {
        LoadPhase phase = new LoadPhase(port, requests, CONNECTIONS, requestsPerSecond, seconds);
        List<Thread> threads = phase.start();
        while (threads.stream().anyMatch(Thread::isAlive)) {
            probe.run();
            threads.get(0).join(PROBE_PAUSE_MILLIS);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return phase;
    }

    private static List<byte[]> requests(List<byte[]> zipped, String key) {
        return zipped.stream().map(body -> PlainConnection.request(body, key)).toList();
    }

    private static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(plain);
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    private static boolean answers(int port) {
        try (PlainConnection connection = new PlainConnection(port)) {
            return connection.exchange(PlainConnection.request(gzip(new byte[0]), KEY)) == 200;
        } catch (IOException e) {
            return false;
        }
    }
}
