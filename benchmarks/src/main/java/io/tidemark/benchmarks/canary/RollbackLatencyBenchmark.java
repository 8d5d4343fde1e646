package io.tidemark.benchmarks.canary;

import io.tidemark.benchmarks.actions.RecordingServer;
import io.tidemark.benchmarks.report.BenchmarkReport;
import io.tidemark.cli.Tidemark;
import io.tidemark.cli.stack.DataDirectory;
import io.tidemark.cli.stack.PartNames;
import io.tidemark.cli.stack.StackEndpoints;
import io.tidemark.cli.stack.StackState;
import io.tidemark.consumers.audit.TopicReader;
import io.tidemark.contracts.avro.Alert;
import io.tidemark.contracts.avro.AlertState;
import io.tidemark.contracts.avro.Verdict;
import io.tidemark.contracts.avro.VerdictKind;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.platform.config.Configuration;
import io.tidemark.platform.config.ConfigurationKey;
import io.tidemark.registry.TrustedRecords;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * {@code benchmarks/run rollback-latency}: the whole chain in one piece, with everything that {@code ./tidemark up} starts. Wall
 * clock from the arrival of the trace that moves the watermark past the deciding pane to the rollback verdict, to the alert that
 * commands the rollback, and to the call that reaches the target. The consumer is armed; each rollout has a target of its own.
 */
public final class RollbackLatencyBenchmark {

    private static final ConfigurationKey<Integer> ROUNDS =
            ConfigurationKey.integer("rounds", 60, 2, 500, "rollbacks that are timed");
    private static final ConfigurationKey<String> OUT = ConfigurationKey.text("out", "", "file for the JSON report");
    private static final int WARM_UP = 10;
    private static final Duration ROUND = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Clock clock;
    private final RecordingServer server;
    private final StackEndpoints endpoints;
    private final Map<String, Instant> verdicts = new TreeMap<>();
    private final Map<String, Instant> alerts = new TreeMap<>();
    private final Map<String, String> decisions = new TreeMap<>();

    private RollbackLatencyBenchmark(Clock clock, RecordingServer server, StackEndpoints endpoints) {
        this.clock = clock;
        this.server = server;
        this.endpoints = endpoints;
    }

    /** Runs the benchmark and prints one JSON object. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        TrustedRecords.register();
        Configuration settings = Configuration.load(List.of(ROUNDS, OUT), Map.of(), List.of(arguments));
        int rounds = WARM_UP + settings.get(ROUNDS);
        Clock clock = Clock.systemUTC();
        Path folder = Files.createTempDirectory("tidemark-rollback-latency");
        Process stack = null;
        try (RecordingServer server = RecordingServer.start(clock)) {
            stack = up(folder, environment(server, rounds));
            Process started = stack;
            StackState state = await("the stack", started, () -> StackState.ofRunning(new DataDirectory(folder))
                    .filter(each -> each.part(PartNames.ACTORS).isPresent()));
            new RollbackLatencyBenchmark(clock, server, state.endpoints())
                    .run(rounds, started)
                    .print(settings.get(OUT).isEmpty() ? null : settings.get(OUT));
        } finally {
            if (stack != null) {
                stack.destroy();
                stack.waitFor(1, TimeUnit.MINUTES);
            }
        }
    }

    /** Event times begin in the past, so what bounds the age of a decision is set wide; nothing else is changed. */
    private static Map<String, String> environment(RecordingServer server, int rounds) {
        Map<String, String> environment = new TreeMap<>(Map.of(
                "TIDEMARK_ACTIONS_ARMED", "true",
                "TIDEMARK_ACTIONS_TENANTS", "*",
                "TIDEMARK_ACTIONS_TARGETS", "webhook:*",
                "TIDEMARK_ACTIONS_MOST_OVERALL", "1000000",
                "TIDEMARK_ACTIONS_MAXIMUM_AGE", "PT24H",
                "TIDEMARK_ALERTS_EXPIRE_AFTER", "PT24H",
                "TIDEMARK_CANARY_VERDICT_EXPIRY", "PT24H"));
        for (int number = 0; number < rounds; number++) {
            String variable = "TIDEMARK_TARGETS_WEBHOOK_" + target(number).toUpperCase(Locale.ROOT);
            environment.put(variable, server.address(target(number)));
        }
        return environment;
    }

    private static Process up(Path folder, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-Dlog4j2.configurationFile=log4j2-cli.xml",
                        Tidemark.class.getName(),
                        "up",
                        "--data",
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(new File(folder.toFile(), "up.log"));
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static String target(int number) {
        return "target" + number;
    }

    private BenchmarkReport run(int rounds, Process stack) {
        Instant start = Instant.ofEpochSecond(
                clock.instant().minus(ROUND.multipliedBy(rounds + 10L)).getEpochSecond() / 10 * 10);
        double[] toVerdict = new double[rounds];
        double[] toAlert = new double[rounds];
        double[] toCall = new double[rounds];
        double[] alertToCall = new double[rounds];
        try (TimedRollouts rollouts =
                        new TimedRollouts(endpoints.kafka(), endpoints.newRegistryClient(), start, ROUND);
                TopicReader<Verdict> verdictReader = new TopicReader<>(
                        endpoints.kafka(),
                        endpoints.newRegistryClient(),
                        TopicCatalogue.VERDICTS.name(),
                        Verdict.class);
                TopicReader<Alert> alertReader = new TopicReader<>(
                        endpoints.kafka(), endpoints.newRegistryClient(), TopicCatalogue.ALERTS.name(), Alert.class)) {
            for (int number = 0; number < rounds; number++) {
                rollouts.start(number, "webhook", target(number));
            }
            for (int number = 0; number < rounds; number++) {
                String release = TimedRollouts.releaseId(number);
                Instant arrived = Instant.ofEpochMilli(rollouts.sendTraffic(number));
                Instant called = await("the call of " + release, stack, () -> {
                    read(verdictReader, alertReader);
                    return call(release);
                });
                toVerdict[number] = millis(arrived, verdicts.get(release));
                toAlert[number] = millis(arrived, alerts.get(release));
                toCall[number] = millis(arrived, called);
                alertToCall[number] = millis(alerts.get(release), called);
            }
        }
        BenchmarkReport report = new BenchmarkReport("rollback-latency", clock)
                .requireCount("rollbacks", rounds, server.deliveries().size());
        report(report, "trace_to_verdict", toVerdict);
        report(report, "trace_to_command", toAlert);
        report(report, "trace_to_target_call", toCall);
        report(report, "command_to_target_call", alertToCall);
        return report;
    }

    private void read(TopicReader<Verdict> verdictReader, TopicReader<Alert> alertReader) {
        for (TopicReader.Timed<Verdict> each : verdictReader.poll(Duration.ZERO)) {
            if (each.value().getVerdict() == VerdictKind.ROLLBACK) {
                verdicts.putIfAbsent(each.value().getReleaseId(), each.appended());
            }
        }
        for (TopicReader.Timed<Alert> each : alertReader.poll(Duration.ZERO)) {
            if (each.value().getState() == AlertState.FIRING && each.value().getReleaseId() != null) {
                alerts.putIfAbsent(each.value().getReleaseId(), each.appended());
                decisions.putIfAbsent(each.value().getReleaseId(), each.value().getDecisionId());
            }
        }
    }

    /** When the target was called for a release whose alert has been seen. */
    private Optional<Instant> call(String release) {
        return server.deliveries().stream()
                .filter(each -> each.decisionId().equals(decisions.get(release)))
                .map(RecordingServer.Delivery::received)
                .findFirst();
    }

    private static <T> T await(String what, Process stack, Supplier<Optional<T>> question) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline && stack.isAlive()) {
            Optional<T> answer = question.get();
            if (answer.isPresent()) {
                return answer.get();
            }
            LockSupport.parkNanos(PERIOD_NANOS);
        }
        throw new IllegalStateException("waited in vain for " + what);
    }

    private static double millis(Instant from, Instant to) {
        return Duration.between(from, to).toMillis();
    }

    private static void report(BenchmarkReport report, String name, double[] millis) {
        double[] timed = Arrays.copyOfRange(millis, WARM_UP, millis.length);
        Arrays.sort(timed);
        report.with(name + "_p50_ms", CanaryBenchmark.quantile(timed, 0.5))
                .with(name + "_p99_ms", CanaryBenchmark.quantile(timed, 0.99))
                .with(name + "_max_ms", timed[timed.length - 1])
                .with(name + "_first_ms", millis[0]);
    }
}
