package io.tidemark.benchmarks.gateway;

import io.tidemark.benchmarks.report.BenchmarkReport;
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
 * The gateway with its broker and its load on one machine, OTLP protobuf with gzip, acks=all: spans a second, latency at half of that, processor
 * time for each span against parsing the protobuf alone, and the latency of one tenant while another sends ten times its quota.
 */
public final class GatewayBenchmark {

    private static final int BODIES = 60;
    private static final int SPANS = 300;
    private static final int CONNECTIONS = 8;
    private static final int WARM_UP_PHASES = 3;
    private static final long PROBE_PAUSE_MILLIS = 200;
    private static final int NOISE_ROUNDS = 9;
    private static final String KEY = "tmk_benchmark-key-0123456789";
    private static final String NOISY_KEY = "tmk_benchmark-noisy-0123456789";
    private static final double NOISY_SPANS = 1_500;

    private final Clock clock = Clock.systemUTC();
    private final BenchmarkReport report = new BenchmarkReport("gateway", clock);
    private final List<byte[]> bodies = new TraceBodies(clock.instant()).build(BODIES, SPANS);
    private final double seconds;

    private GatewayBenchmark(double seconds) {
        this.seconds = seconds;
    }

    /** Optional arguments: a file for the JSON report, the seconds of a phase. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        double seconds = arguments.length > 1 ? Double.parseDouble(arguments[1]) : 15;
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
                                + " noisy spans-per-second=" + NOISY_SPANS),
                directory.resolve("gateway.log")));
        try (gateway) {
            gateway.awaitReady(() -> answers(port), Duration.ofMinutes(1));
            List<byte[]> requests = requests(KEY);
            load(port, requests, 0, WARM_UP_PHASES * seconds);
            double spansPerSecond = fullSpeed(gateway, port, requests);
            LoadPhase half = load(port, requests, spansPerSecond / 2 / SPANS, seconds);
            report.with("p50_millis_at_half", half.quantileMillis(0.5));
            report.with("p99_millis_at_half", half.quantileMillis(0.99));
            neighbours(port, requests, spansPerSecond);
        }
        report.with("partitions_written_topic", TopicCatalogue.SPANS.partitions());
    }

    private double fullSpeed(ChildProcess gateway, int port, List<byte[]> requests) throws InterruptedException {
        double before = cpuSeconds(gateway);
        ParseCost beside = new ParseCost(bodies);
        LoadPhase full = load(port, requests, 0, seconds, beside::probe);
        double cpu = cpuSeconds(gateway) - before;
        ParseCost alone = new ParseCost(bodies);
        alone.measure();
        long spans = full.taken() * SPANS;
        double micros = cpu * 1e6 / spans;
        report.with("spans_per_second", spans / seconds);
        report.with("refused_requests", full.refused());
        report.with("p99_millis_at_full_speed", full.quantileMillis(0.99));
        report.with("cpu_micros_per_span", micros);
        report.with("parse_micros_per_span_beside_the_load", beside.microsPerSpan());
        report.with("parse_micros_per_span_on_an_idle_machine", alone.microsPerSpan());
        report.with("cpu_against_parse_beside_the_load", micros / beside.microsPerSpan());
        report.with("cpu_against_parse_on_an_idle_machine", micros / alone.microsPerSpan());
        return spans / seconds;
    }

    /** A quiet tenant, by turns alone and beside one that sends ten times its quota. */
    private void neighbours(int port, List<byte[]> requests, double spansPerSecond) throws InterruptedException {
        double quiet = spansPerSecond / 4 / SPANS;
        List<byte[]> noisy = requests(NOISY_KEY);
        Rounds rounds = new Rounds();
        long refused = 0;
        for (int round = 0; round < NOISE_ROUNDS; round++) {
            double calm = load(port, requests, quiet, seconds / 2).quantileMillis(0.99);
            LoadPhase noise = new LoadPhase(port, noisy, CONNECTIONS, 10 * NOISY_SPANS / SPANS, seconds / 2);
            List<Thread> noiseThreads = noise.start();
            double disturbed = load(port, requests, quiet, seconds / 2).quantileMillis(0.99);
            join(noiseThreads);
            refused += noise.refused();
            rounds.add("quiet_tenant_p99_millis_alone", calm);
            rounds.add("quiet_tenant_p99_millis_beside_noise", disturbed);
            rounds.add("quiet_tenant_p99_beside_noise_to_alone", disturbed / calm);
        }
        rounds.writeTo(report);
        report.with("noisy_tenant_requests_refused", refused);
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
        join(threads);
        return phase;
    }

    private static void join(List<Thread> threads) throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private List<byte[]> requests(String key) {
        return bodies.stream()
                .map(body -> PlainConnection.request(gzip(body), key))
                .toList();
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

    private static double cpuSeconds(ChildProcess process) {
        return ProcessHandle.of(process.pid())
                .flatMap(handle -> handle.info().totalCpuDuration())
                .map(duration -> duration.toNanos() / 1e9)
                .orElseThrow(() -> new IllegalStateException("the processor time of the gateway cannot be read"));
    }

    private static boolean answers(int port) {
        try (PlainConnection connection = new PlainConnection(port)) {
            return connection.exchange(PlainConnection.request(gzip(new byte[0]), KEY)) == 200;
        } catch (IOException e) {
            return false;
        }
    }
}
