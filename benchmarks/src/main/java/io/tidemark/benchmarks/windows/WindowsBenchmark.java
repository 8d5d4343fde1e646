package io.tidemark.benchmarks.windows;

import com.sun.management.OperatingSystemMXBean;
import io.tidemark.benchmarks.job.Floor;
import io.tidemark.benchmarks.job.LargestCheckpoint;
import io.tidemark.benchmarks.job.ProgressReader;
import io.tidemark.benchmarks.job.TraceTopics;
import io.tidemark.benchmarks.report.BenchmarkReport;
import io.tidemark.benchmarks.report.Rounds;
import io.tidemark.benchmarks.traffic.BenchmarkBroker;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.jobs.runtime.JobSettings;
import io.tidemark.jobs.source.TraceSource;
import io.tidemark.jobs.windows.WindowsConfig;
import io.tidemark.jobs.windows.WindowsJob;
import io.tidemark.platform.config.Configuration;
import io.tidemark.platform.config.ConfigurationKey;
import io.tidemark.platform.kafka.KafkaClientSettings;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * CPU for each event of the windows job, without and with duplicate detection, against the floor. Every round runs all
 * three over the same topic, so that a slow minute of the machine hits them alike; the first round warms up and is left
 * out. The broker is another process and is not counted.
 */
public final class WindowsBenchmark {

    private static final String RUN = "benchmark";
    private static final long SETTLE_MILLIS = 20;

    private static final ConfigurationKey<Integer> EVENTS =
            ConfigurationKey.integer("events", 2_000_000, 10_000, 100_000_000, "traces in the topic");
    private static final ConfigurationKey<Integer> SLICES =
            ConfigurationKey.integer("slices", 10_000, 200, 1_000_000, "active slices of the finest level");
    private static final ConfigurationKey<Integer> PER_PANE =
            ConfigurationKey.integer("events-per-pane", 25, 1, 100_000, "events of a slice in ten seconds");
    private static final ConfigurationKey<Integer> ROUNDS =
            ConfigurationKey.integer("rounds", 3, 1, 100, "rounds that count");
    private static final ConfigurationKey<Integer> PARTITIONS =
            ConfigurationKey.integer("partitions", 4, 1, 64, "partitions of the topic");
    private static final ConfigurationKey<String> BACKEND =
            ConfigurationKey.text("state-backend", "hashmap", "hashmap or rocksdb");
    private static final ConfigurationKey<Duration> INTERVAL = ConfigurationKey.duration(
            "checkpoint-interval", Duration.ofSeconds(1), Duration.ofMillis(100), "time between checkpoints");
    private static final ConfigurationKey<String> ONLY =
            ConfigurationKey.text("only", "", "one variant: floor, windows or windows_and_duplicates");
    private static final ConfigurationKey<String> OUT = ConfigurationKey.text("out", "", "file for the JSON report");

    private final Configuration settings;
    private final BenchmarkBroker broker;
    private final KafkaClientSettings kafka;
    private final OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final Rounds rounds = new Rounds();

    private WindowsBenchmark(Configuration settings, BenchmarkBroker broker) {
        this.settings = settings;
        this.broker = broker;
        this.kafka = broker.clients();
    }

    /** Runs the benchmark and prints one JSON object. */
    public static void main(String[] arguments) throws Exception {
        Collection<ConfigurationKey<?>> keys =
                List.of(EVENTS, SLICES, PER_PANE, ROUNDS, PARTITIONS, BACKEND, INTERVAL, ONLY, OUT);
        Configuration settings = Configuration.load(keys, Map.of(), List.of(arguments));
        try (BenchmarkBroker broker = BenchmarkBroker.start()) {
            new WindowsBenchmark(settings, broker).run();
        }
        System.exit(0);
    }

    private void run() throws Exception {
        BenchmarkReport report = new BenchmarkReport("windows", Clock.systemUTC());
        TraceTopics topics = broker.topics(RUN, settings.get(PARTITIONS));
        topics.create(
                List.of(TopicCatalogue.TRACES, TopicCatalogue.WINDOWS, TopicCatalogue.LATE, TopicCatalogue.PROGRESS));
        double bytes = new SliceTraffic(settings.get(SLICES), settings.get(PER_PANE))
                .send(
                        kafka,
                        broker.schemas(),
                        TopicCatalogue.TRACES.nameInRun(RUN),
                        settings.get(PARTITIONS),
                        settings.get(EVENTS));
        topics.sendEndMarkers();
        for (int round = 0; round <= settings.get(ROUNDS); round++) {
            for (Variant variant : Variant.values()) {
                if (settings.get(ONLY).isEmpty() || settings.get(ONLY).equals(variant.label())) {
                    measure(variant, round);
                }
            }
        }
        report.with("events", settings.get(EVENTS))
                .with("slices", settings.get(SLICES))
                .with("events_per_slice_and_pane", settings.get(PER_PANE))
                .with("bytes_per_event", Math.round(bytes))
                .with("state_backend", settings.get(BACKEND))
                .with("checkpoint_interval", settings.get(INTERVAL).toString());
        rounds.writeTo(report);
        if (settings.get(ONLY).isEmpty()) {
            double floor = rounds.median(Variant.FLOOR.cpuFigure());
            report.with("windows_over_floor", rounds.median(Variant.WINDOWS.cpuFigure()) / floor)
                    .with(
                            "windows_and_duplicates_over_floor",
                            rounds.median(Variant.WINDOWS_AND_DUPLICATES.cpuFigure()) / floor);
        }
        report.print(settings.get(OUT).isEmpty() ? null : settings.get(OUT));
    }

    private enum Variant {
        FLOOR,
        WINDOWS,
        WINDOWS_AND_DUPLICATES;

        String label() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        String cpuFigure() {
            return label() + "_cpu_micros_per_event";
        }
    }

    private void measure(Variant variant, int round) throws Exception {
        Path state = Files.createTempDirectory(broker.directory(), "state-");
        try (ProgressReader progress = new ProgressReader(kafka, TopicCatalogue.PROGRESS.nameInRun(RUN))) {
            System.gc();
            Floor.MARKERS.set(0);
            long cpu = process.getProcessCpuTime();
            long wall = System.nanoTime();
            JobClient job = start(variant, state);
            LargestCheckpoint largestCheckpoint = new LargestCheckpoint(state, uid -> true);
            while (!ended(variant, progress)) {
                Thread.sleep(SETTLE_MILLIS);
                largestCheckpoint.look();
            }
            double cpuMicros = (process.getProcessCpuTime() - cpu) / 1e3;
            double seconds = (System.nanoTime() - wall) / 1e9;
            job.cancel().get();
            check(variant, progress);
            System.err.printf(
                    "round %d %s: %.2f us CPU per event, %.0f events/s%n",
                    round, variant.label(), cpuMicros / settings.get(EVENTS), settings.get(EVENTS) / seconds);
            if (round > 0) {
                rounds.add(variant.cpuFigure(), cpuMicros / settings.get(EVENTS));
                rounds.add(variant.label() + "_events_per_second", settings.get(EVENTS) / seconds);
                if (variant != Variant.FLOOR) {
                    rounds.add(variant.label() + "_windows", progress.total("windows"));
                    rounds.add(variant.label() + "_rows", progress.total("rows"));
                    rounds.add(variant.label() + "_largest_checkpoint_bytes", largestCheckpoint.bytes());
                    rounds.add(
                            variant.label() + "_state_bytes_per_open_window",
                            progress.total("most_state_bytes") / (double) progress.total("most_open_windows"));
                    rounds.add(
                            variant.label() + "_state_bytes_per_slice",
                            progress.total("most_state_bytes") / (double) settings.get(SLICES));
                }
            }
        }
    }

    private boolean ended(Variant variant, ProgressReader progress) {
        return variant == Variant.FLOOR
                ? Floor.MARKERS.get() == settings.get(PARTITIONS)
                : progress.poll() && progress.isComplete(settings.get(PARTITIONS));
    }

    private void check(Variant variant, ProgressReader progress) {
        long counted = variant == Variant.FLOOR ? Floor.RECORDS.get() : progress.total("accepted");
        if (counted != settings.get(EVENTS)) {
            throw new IllegalStateException(
                    "%s counted %d of %d events".formatted(variant.label(), counted, settings.get(EVENTS)));
        }
    }

    private JobClient start(Variant variant, Path state) throws Exception {
        JobSettings job = new JobSettings(state, settings.get(INTERVAL), 1, settings.get(BACKEND));
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(job.toFlink());
        environment.setParallelism(1);
        WindowsConfig config = config(variant, state);
        if (variant == Variant.FLOOR) {
            TraceSource.raw(environment, config.source())
                    .filter(new Floor(config.source(), false))
                    .sinkTo(new DiscardingSink<>());
        } else {
            WindowsJob.build(environment, config);
        }
        return environment.executeAsync(variant.label());
    }

    private WindowsConfig config(Variant variant, Path state) {
        List<String> flags = broker.jobFlags(state, "--run=" + RUN);
        if (variant == Variant.WINDOWS) {
            flags.add("--windows.duplicate-horizon=PT0S");
        }
        return WindowsConfig.from(Configuration.load(WindowsConfig.keys(), Map.of(), flags));
    }
}
