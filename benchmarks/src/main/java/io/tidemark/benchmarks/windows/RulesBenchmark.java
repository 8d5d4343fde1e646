package io.tidemark.benchmarks.windows;

import io.tidemark.benchmarks.job.ProgressReader;
import com.sun.management.OperatingSystemMXBean;
import io.tidemark.benchmarks.report.BenchmarkReport;
import io.tidemark.benchmarks.report.Rounds;
import io.tidemark.benchmarks.traffic.BenchmarkBroker;
import io.tidemark.cli.stack.RuleTopic;
import io.tidemark.cli.stack.StackEndpoints;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.jobs.rules.RulesConfig;
import io.tidemark.jobs.rules.RulesJob;
import io.tidemark.jobs.rules.model.ShippedRules;
import io.tidemark.jobs.runtime.JobSettings;
import io.tidemark.jobs.windows.WindowsConfig;
import io.tidemark.jobs.windows.WindowsJob;
import io.tidemark.platform.config.Configuration;
import io.tidemark.platform.config.ConfigurationKey;
import io.tidemark.platform.kafka.KafkaClientSettings;
import io.tidemark.registry.TrustedRecords;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * CPU for each row of the rules job, with every rule that comes along, over the rows that the windows job made of generated
 * traces. Each round reads them all; the first warms up and is left out. Every round must give the same number of signals.
 */
public final class RulesBenchmark {

    private static final String RUN = "benchmark";
    private static final long SETTLE_MILLIS = 20;

    private static final ConfigurationKey<Integer> EVENTS =
            ConfigurationKey.integer("events", 300_000, 10_000, 100_000_000, "traces that windows are made of");
    private static final ConfigurationKey<Integer> SLICES =
            ConfigurationKey.integer("slices", 1_000, 200, 1_000_000, "active slices of the finest level");
    private static final ConfigurationKey<Integer> PER_PANE =
            ConfigurationKey.integer("events-per-pane", 5, 1, 100_000, "events of a slice in ten seconds");
    private static final ConfigurationKey<Integer> ROUNDS =
            ConfigurationKey.integer("rounds", 3, 1, 100, "rounds that count");
    private static final ConfigurationKey<String> OUT = ConfigurationKey.text("out", "", "file for the JSON report");

    private final Configuration settings;
    private final BenchmarkBroker broker;
    private final KafkaClientSettings kafka;
    private final OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final Rounds rounds = new Rounds();

    private RulesBenchmark(Configuration settings, BenchmarkBroker broker) {
        this.settings = settings;
        this.broker = broker;
        this.kafka = broker.clients();
    }

    /** Runs the benchmark and prints one JSON object. */
    public static void main(String[] arguments) throws Exception {
        TrustedRecords.register();
        Configuration settings =
                Configuration.load(List.of(EVENTS, SLICES, PER_PANE, ROUNDS, OUT), Map.of(), List.of(arguments));
        try (BenchmarkBroker broker = BenchmarkBroker.start()) {
            new RulesBenchmark(settings, broker).run();
        }
        System.exit(0);
    }

    private void run() throws Exception {
        broker.topics(RUN, 1).create(List.of(TopicCatalogue.TRACES,
                TopicCatalogue.WINDOWS,
                TopicCatalogue.LATE,
                TopicCatalogue.PROGRESS,
                TopicCatalogue.RULES,
                TopicCatalogue.RELEASES,
                TopicCatalogue.SIGNALS,
                TopicCatalogue.AUTOSCALING));
        StackEndpoints endpoints = new StackEndpoints(
                kafka.bootstrapServers(), Map.of(), broker.registry().url(), null);
        int rules = new RuleTopic(endpoints, RUN)
                .publish(ShippedRules.texts(), Instant.EPOCH, "benchmark", false)
                .size();
        sendTraces();
        long rows = makeWindows();
        long signals = -1;
        for (int round = 0; round <= settings.get(ROUNDS); round++) {
            long found = judge(round, rows);
            if (round > 0 && found != signals) {
                throw new IllegalStateException(
                        "round %d gave %d signals, the one before %d".formatted(round, found, signals));
            }
            signals = found;
        }
        BenchmarkReport report = new BenchmarkReport("rules", Clock.systemUTC())
                .with("rules", rules)
                .with("slices", settings.get(SLICES))
                .with("rows", rows)
                .with("signals", signals);
        rounds.writeTo(report);
        report.print(settings.get(OUT).isEmpty() ? null : settings.get(OUT));
    }

    private void sendTraces() {
        String topic = TopicCatalogue.TRACES.nameInRun(RUN);
        new SliceTraffic(settings.get(SLICES), settings.get(PER_PANE))
                .send(kafka, broker.schemas(), topic, 1, settings.get(EVENTS));
        broker.topics(RUN, 1).sendEndMarkers();
    }

    /** @return rows in the windows topic */
    private long makeWindows() throws Exception {
        try (ProgressReader progress = progress()) {
            finish(
                    "windows",
                    environment -> WindowsJob.build(environment, windowsConfig(), 1),
                    () -> progress.poll() && progress.isComplete(1));
            if (progress.total("accepted") != settings.get(EVENTS)) {
                throw new IllegalStateException("%d of %d traces are in the windows"
                        .formatted(progress.total("accepted"), settings.get(EVENTS)));
            }
            return progress.total("rows");
        }
    }

    /** @return signals of one round */
    private long judge(int round, long rows) throws Exception {
        try (ProgressReader progress = progress()) {
            System.gc();
            long cpu = process.getProcessCpuTime();
            long wall = System.nanoTime();
            finish(
                    "rules",
                    environment -> RulesJob.build(environment, rulesConfig(), 1),
                    () -> progress.poll() && progress.isComplete(0));
            double cpuMicros = (process.getProcessCpuTime() - cpu) / 1e3;
            double seconds = (System.nanoTime() - wall) / 1e9;
            if (round > 0) {
                rounds.add("cpu_micros_per_row", cpuMicros / rows);
                rounds.add("rows_per_second", rows / seconds);
            }
            return progress.total("signals");
        }
    }

    private void finish(String name, Consumer<StreamExecutionEnvironment> build, BooleanSupplier ended)
            throws Exception {
        JobSettings job = new JobSettings(
                Files.createTempDirectory(broker.directory(), "state-"), Duration.ofSeconds(1), 1, "hashmap");
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(job.toFlink());
        environment.setParallelism(1);
        build.accept(environment);
        JobClient client = environment.executeAsync(name);
        while (!ended.getAsBoolean()) {
            Thread.sleep(SETTLE_MILLIS);
        }
        client.cancel().get();
    }

    private ProgressReader progress() {
        return new ProgressReader(kafka, TopicCatalogue.PROGRESS.nameInRun(RUN));
    }

    private WindowsConfig windowsConfig() {
        return WindowsConfig.from(Configuration.load(WindowsConfig.keys(), Map.of(), flags()));
    }

    private RulesConfig rulesConfig() {
        return RulesConfig.from(Configuration.load(RulesConfig.keys(), Map.of(), flags()));
    }

    private List<String> flags() {
        return broker.jobFlags(broker.directory(), "--run=" + RUN);
    }
}
