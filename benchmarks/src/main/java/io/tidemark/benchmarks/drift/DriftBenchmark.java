package io.tidemark.benchmarks.drift;

import com.sun.management.OperatingSystemMXBean;
import io.tidemark.benchmarks.job.Floor;
import io.tidemark.benchmarks.job.LargestCheckpoint;
import io.tidemark.benchmarks.job.ProgressReader;
import io.tidemark.benchmarks.job.TraceTopics;
import io.tidemark.benchmarks.report.BenchmarkReport;
import io.tidemark.benchmarks.report.Rounds;
import io.tidemark.benchmarks.traffic.BenchmarkBroker;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.jobs.drift.DriftConfig;
import io.tidemark.jobs.drift.DriftJob;
import io.tidemark.jobs.runtime.JobSettings;
import io.tidemark.jobs.source.TraceSource;
import io.tidemark.platform.config.Configuration;
import io.tidemark.platform.config.ConfigurationKey;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * CPU for each event of the drift job with many features, texts left out, against two floors: the projection that every job
 * reads, and the same with every feature decoded. Every round runs all three over the same topic; the first one warms up.
 * All events must be found again in the tests of the whole stream.
 */
public final class DriftBenchmark {

    private static final String RUN = "benchmark";
    private static final int PARTITIONS = 4;
    private static final long SETTLE_MILLIS = 20;
    private static final Duration WINDOW = Duration.ofHours(1);
    private static final Duration SPAN = Duration.ofHours(2);
    private static final int BUILT_IN_MEASURES = 5;

    /** Operator that knows the events of late: its state grows with their number, whatever the job counts. */
    private static final String ADMISSION = "drift-admission";

    private static final ConfigurationKey<Integer> EVENTS =
            ConfigurationKey.integer("events", 600_000, 10_000, 100_000_000, "traces in the topic");
    private static final ConfigurationKey<Integer> SLICES =
            ConfigurationKey.integer("slices", 20, 1, 20_000, "pairs of tenant and version");
    private static final ConfigurationKey<Integer> FEATURES =
            ConfigurationKey.integer("features", 50, 1, 1_000, "features of a trace");
    private static final ConfigurationKey<Integer> ROUNDS =
            ConfigurationKey.integer("rounds", 3, 1, 100, "rounds that count");
    private static final ConfigurationKey<String> OUT = ConfigurationKey.text("out", "", "file for the JSON report");

    private final Configuration settings;
    private final TraceTopics topics;
    private final DriftTopics records;
    private final BenchmarkBroker broker;
    private final OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final Rounds rounds = new Rounds();
    private long found;

    private DriftBenchmark(Configuration settings, BenchmarkBroker broker) {
        this.settings = settings;
        this.broker = broker;
        this.topics = broker.topics(RUN, PARTITIONS);
        this.records = new DriftTopics(topics, broker.registry().url());
    }

    private enum Variant {
        PROJECTION_FLOOR,
        DECODE_FLOOR,
        DRIFT;

        String figure(String name) {
            return name().toLowerCase(Locale.ROOT) + name;
        }
    }

    /** Runs the benchmark and prints one JSON object. */
    public static void main(String[] arguments) throws Exception {
        Configuration settings =
                Configuration.load(List.of(EVENTS, SLICES, FEATURES, ROUNDS, OUT), Map.of(), List.of(arguments));
        try (BenchmarkBroker broker = BenchmarkBroker.start()) {
            new DriftBenchmark(settings, broker).run();
        }
        System.exit(0);
    }

    private void run() throws Exception {
        BenchmarkReport report = new BenchmarkReport("drift", Clock.systemUTC());
        topics.create(List.of(
                TopicCatalogue.TRACES,
                TopicCatalogue.BASELINES,
                TopicCatalogue.DRIFT,
                TopicCatalogue.SIGNALS,
                TopicCatalogue.PROGRESS));
        FeatureTraffic traffic =
                new FeatureTraffic(settings.get(SLICES), settings.get(FEATURES), settings.get(EVENTS), SPAN.toMillis());
        long bytes = records.send(traffic, settings.get(EVENTS));
        topics.sendEndMarkers();
        for (int round = 0; round <= settings.get(ROUNDS); round++) {
            for (Variant variant : Variant.values()) {
                measure(variant, round);
            }
        }
        double drift = rounds.median(Variant.DRIFT.figure("_cpu_micros_per_event"));
        report.with("slices", settings.get(SLICES))
                .with("features", settings.get(FEATURES))
                .with("bytes_per_event", bytes / settings.get(EVENTS))
                .requireCount("events", settings.get(EVENTS), found);
        rounds.writeTo(report);
        report.with(
                        "drift_over_decode_floor",
                        drift / rounds.median(Variant.DECODE_FLOOR.figure("_cpu_micros_per_event")))
                .with(
                        "drift_over_projection_floor",
                        drift / rounds.median(Variant.PROJECTION_FLOOR.figure("_cpu_micros_per_event")))
                .print(settings.get(OUT).isEmpty() ? null : settings.get(OUT));
    }

    private void measure(Variant variant, int round) throws Exception {
        Path state = Files.createTempDirectory(broker.directory(), "state-");
        try (ProgressReader progress = new ProgressReader(topics.kafka(), TopicCatalogue.PROGRESS.nameInRun(RUN))) {
            System.gc();
            Floor.MARKERS.set(0);
            long before = variant == Variant.DRIFT ? records.observationsOfTheStream() : 0;
            long cpu = process.getProcessCpuTime();
            JobClient job = start(variant, state);
            LargestCheckpoint counts = new LargestCheckpoint(state, uid -> !uid.equals(ADMISSION));
            LargestCheckpoint duplicates = new LargestCheckpoint(state, ADMISSION::equals);
            while (!ended(variant, progress)) {
                Thread.sleep(SETTLE_MILLIS);
                counts.look();
                duplicates.look();
            }
            double micros = (process.getProcessCpuTime() - cpu) / 1e3 / settings.get(EVENTS);
            job.cancel().get();
            found = variant == Variant.DRIFT ? records.observationsOfTheStream() - before : Floor.RECORDS.get();
            if (found != settings.get(EVENTS)) {
                throw new IllegalStateException(
                        "%s found %d of %d events".formatted(variant, found, settings.get(EVENTS)));
            }
            System.err.printf("round %d %s: %.2f us CPU per event%n", round, variant, micros);
            if (round > 0) {
                rounds.add(variant.figure("_cpu_micros_per_event"), micros);
                if (variant == Variant.DRIFT) {
                    int measures = settings.get(FEATURES) + BUILT_IN_MEASURES;
                    rounds.add(
                            "state_bytes_per_slice_and_measure",
                            counts.bytes() / (double) settings.get(SLICES) / measures);
                    rounds.add("duplicates_state_bytes", duplicates.bytes());
                }
            }
        }
    }

    private boolean ended(Variant variant, ProgressReader progress) {
        return variant == Variant.DRIFT ? progress.poll() && progress.has("drift") : Floor.MARKERS.get() == PARTITIONS;
    }

    private JobClient start(Variant variant, Path state) throws Exception {
        JobSettings job = new JobSettings(state, Duration.ofSeconds(1), 1, "hashmap");
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(job.toFlink());
        environment.setParallelism(1);
        List<String> flags = broker.jobFlags(state, "--run=" + RUN, "--drift.windows=" + WINDOW);
        DriftConfig config = DriftConfig.from(Configuration.load(DriftConfig.keys(), Map.of(), flags));
        if (variant == Variant.DRIFT) {
            DriftJob.build(environment, config);
        } else {
            TraceSource.raw(environment, config.source())
                    .filter(new Floor(config.source(), variant == Variant.DECODE_FLOOR))
                    .sinkTo(new DiscardingSink<>());
        }
        return environment.executeAsync(variant.name());
    }
}
