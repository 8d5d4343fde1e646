package io.tidemark.benchmarks.actions;

import io.tidemark.benchmarks.report.BenchmarkReport;
import io.tidemark.benchmarks.traffic.BenchmarkBroker;
import io.tidemark.consumers.audit.TopicReader;
import io.tidemark.contracts.avro.Alert;
import io.tidemark.contracts.avro.Verdict;
import io.tidemark.contracts.topic.TopicCatalogue;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * {@code benchmarks/run actions [DECISIONS]}: wall-clock time from a verdict to the alert on its topic, and from the alert to the call
 * that reaches the target, at one decision every half a second.
 */
public final class ActionLatencyBenchmark {

    private static final int DEFAULT_DECISIONS = 120;
    private static final int WARM_UP = 20;
    private static final long PERIOD_MILLIS = 500;
    private static final Duration DEADLINE = Duration.ofMinutes(2);

    private ActionLatencyBenchmark() {}

    /** Runs it. */
    public static void main(String[] arguments) throws IOException {
        int decisions = WARM_UP + (arguments.length > 0 ? Integer.parseInt(arguments[0]) : DEFAULT_DECISIONS);
        Clock clock = Clock.systemUTC();
        try (BenchmarkBroker broker = BenchmarkBroker.start();
                RecordingServer server = RecordingServer.start(clock);
                ActionChain chain = new ActionChain(
                        broker.kafka().bootstrapServers(),
                        broker.registry().url(),
                        server,
                        decisions,
                        broker.directory().resolve("chain"))) {
            measure(chain, server, decisions, clock).print(null);
        }
    }

    private static BenchmarkReport measure(ActionChain chain, RecordingServer server, int decisions, Clock clock) {
        Map<String, Instant> sent = new HashMap<>();
        for (int number = 0; number < decisions; number++) {
            if (number == WARM_UP) {
                awaitDeliveries(server, WARM_UP, clock);
            }
            Verdict verdict = Decisions.rollback("latency", number, clock.instant());
            sent.put(verdict.getDecisionId(), clock.instant());
            chain.send(verdict);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PERIOD_MILLIS));
        }
        awaitDeliveries(server, decisions, clock);
        Map<String, Instant> alerts = alerts(chain);
        Map<String, Instant> calls = new HashMap<>();
        server.deliveries().forEach(each -> calls.putIfAbsent(each.decisionId(), each.received()));
        for (int number = 0; number < WARM_UP; number++) {
            sent.remove("rollback-latency-" + number);
        }
        long[] toAlert = millis(sent, alerts);
        long[] toCall = millis(sent, calls);
        long[] fromAlert = Arrays.stream(sent.keySet().toArray(String[]::new))
                .mapToLong(id -> Duration.between(alerts.get(id), calls.get(id)).toMillis())
                .sorted()
                .toArray();
        return new BenchmarkReport("actions", clock)
                .requireCount("decisions", decisions, server.deliveries().size())
                .with("verdict_to_alert_p50_ms", quantile(toAlert, 0.5))
                .with("verdict_to_alert_p99_ms", quantile(toAlert, 0.99))
                .with("alert_to_target_p50_ms", quantile(fromAlert, 0.5))
                .with("alert_to_target_p99_ms", quantile(fromAlert, 0.99))
                .with("verdict_to_target_p50_ms", quantile(toCall, 0.5))
                .with("verdict_to_target_p99_ms", quantile(toCall, 0.99));
    }

    private static void awaitDeliveries(RecordingServer server, int wanted, Clock clock) {
        Instant end = clock.instant().plus(DEADLINE);
        while (server.deliveries().size() < wanted) {
            if (clock.instant().isAfter(end)) {
                throw new IllegalStateException("%d of %d decisions reached their target within %d s"
                        .formatted(server.deliveries().size(), wanted, DEADLINE.toSeconds()));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PERIOD_MILLIS));
        }
    }

    /** When the broker appended the alert of each decision. */
    private static Map<String, Instant> alerts(ActionChain chain) {
        Map<String, Instant> alerts = new HashMap<>();
        try (TopicReader<Alert> reader =
                new TopicReader<>(chain.kafka(), chain.registry(), TopicCatalogue.ALERTS.name(), Alert.class)) {
            reader.readToEnd().forEach(each -> alerts.putIfAbsent(each.value().getDecisionId(), each.appended()));
        }
        return alerts;
    }

    private static long[] millis(Map<String, Instant> from, Map<String, Instant> to) {
        return from.entrySet().stream()
                .mapToLong(each ->
                        Duration.between(each.getValue(), to.get(each.getKey())).toMillis())
                .sorted()
                .toArray();
    }

    private static long quantile(long[] sorted, double q) {
        return sorted[(int) Math.max(0, Math.ceil(q * sorted.length) - 1)];
    }
}
