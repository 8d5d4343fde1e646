package io.tidemark.benchmarks.gateway;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.tidemark.benchmarks.report.BenchmarkReport;
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
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
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
    private static final int PARSE_ROUNDS = 60;
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
            load(port, requests, 0, seconds);
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
        LoadPhase full = load(port, requests, 0, seconds);
        double cpu = cpuSeconds(gateway) - before;
        long spans = full.taken() * SPANS;
        double parse = parseMicros();
        double micros = cpu * 1e6 / spans;
        report.with("spans_per_second", spans / seconds);
        report.with("refused_requests", full.refused());
        report.with("p99_millis_at_full_speed", full.quantileMillis(0.99));
        report.with("cpu_micros_per_span", micros);
        report.with("parse_alone_micros_per_span", parse);
        report.with("cpu_against_parse", micros / parse);
        return spans / seconds;
    }

    /** A quiet tenant alone, then beside one that sends ten times its quota. */
    private void neighbours(int port, List<byte[]> requests, double spansPerSecond) throws InterruptedException {
        double quiet = spansPerSecond / 4 / SPANS;
        LoadPhase alone = load(port, requests, quiet, seconds);
        List<byte[]> noisy = requests(NOISY_KEY);
        LoadPhase noise = new LoadPhase(port, noisy, CONNECTIONS, 10 * NOISY_SPANS / SPANS, seconds);
        LoadPhase beside = new LoadPhase(port, requests, CONNECTIONS, quiet, seconds);
        List<Thread> threads = new ArrayList<>(noise.start());
        threads.addAll(beside.start());
        join(threads);
        report.with("quiet_tenant_p99_millis_alone", alone.quantileMillis(0.99));
        report.with("quiet_tenant_p99_millis_beside_noise", beside.quantileMillis(0.99));
        report.with("noisy_tenant_requests_refused", noise.refused());
    }

    private static LoadPhase load(int port, List<byte[]> requests, double requestsPerSecond, double seconds)
            throws InterruptedException {
        LoadPhase phase = new LoadPhase(port, requests, CONNECTIONS, requestsPerSecond, seconds);
        join(phase.start());
        return phase;
    }

    private static void join(List<Thread> threads) throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
    }

    /** Processor time that protobuf's generated classes need for a span of the same bodies. */
    private double parseMicros() {
        long spans = 0;
        long before = 0;
        for (int round = 0; round < 2 * PARSE_ROUNDS; round++) {
            if (round == PARSE_ROUNDS) {
                spans = 0;
                before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            }
            for (byte[] body : bodies) {
                spans += parsed(body);
            }
        }
        return (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before) / 1e3 / spans;
    }

    private static int parsed(byte[] body) {
        try {
            return ExportTraceServiceRequest.parseFrom(body)
                    .getResourceSpans(0)
                    .getScopeSpans(0)
                    .getSpansCount();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a body that was just written can be read", e);
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
