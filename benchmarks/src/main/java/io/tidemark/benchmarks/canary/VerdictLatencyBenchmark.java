package io.tidemark.benchmarks.canary;

import io.tidemark.benchmarks.report.BenchmarkReport;
import io.tidemark.benchmarks.traffic.BenchmarkBroker;
import io.tidemark.contracts.avro.Verdict;
import io.tidemark.contracts.avro.VerdictKind;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.jobs.canary.CanaryConfig;
import io.tidemark.jobs.canary.CanaryJob;
import io.tidemark.jobs.runtime.JobSettings;
import io.tidemark.platform.config.Configuration;
import io.tidemark.platform.config.ConfigurationKey;
import io.tidemark.platform.kafka.KafkaClientSettings;
import io.tidemark.registry.AvroDeserializer;
import io.tidemark.registry.ConfluentSchemaRegistry;
import io.tidemark.registry.TrustedRecords;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Wall clock from the arrival of the trace that moves the watermark past the deciding pane until the rollback is on the
 * topic, on a live job with checkpoints of one second. Each round has a rollout of its own, ten minutes of event time after
 * the one before; both times are those at which the broker appended the records.
 */
public final class VerdictLatencyBenchmark {

    private static final ConfigurationKey<Integer> ROUNDS =
            ConfigurationKey.integer("rounds", 200, 2, 2_000, "rollbacks that are timed");
    private static final ConfigurationKey<String> OUT = ConfigurationKey.text("out", "", "file for the JSON report");
    private static final Duration ROUND = Duration.ofMinutes(10);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(100);

    private final BenchmarkBroker broker;
    private final KafkaClientSettings kafka;
    private final ConfluentSchemaRegistry registry;
    private final Instant start;

    private VerdictLatencyBenchmark(BenchmarkBroker broker, Instant start) {
        this.broker = broker;
        this.kafka = broker.clients();
        this.registry = broker.schemas();
        this.start = start;
    }

    /** Runs the benchmark and prints one JSON object. */
    public static void main(String[] arguments) throws Exception {
        TrustedRecords.register();
        Configuration settings = Configuration.load(List.of(ROUNDS, OUT), Map.of(), List.of(arguments));
        Clock clock = Clock.systemUTC();
        try (BenchmarkBroker broker = BenchmarkBroker.start()) {
            // event times lie in the past: a watermark never runs ahead of the broker's clock
            Instant start = Instant.ofEpochSecond(clock.instant()
                            .minus(ROUND.multipliedBy(settings.get(ROUNDS) + 10L))
                            .getEpochSecond()
                    / 10
                    * 10);
            VerdictLatencyBenchmark benchmark = new VerdictLatencyBenchmark(broker, start);
            double[] millis =
                    benchmark.run(settings.get(ROUNDS), broker.directory().resolve("state"));
            new BenchmarkReport("canary-latency", clock)
                    .requireCount("rollbacks", settings.get(ROUNDS), millis.length)
                    .with("trace_to_rollback_median_ms", CanaryBenchmark.quantile(millis, 0.5))
                    .with("trace_to_rollback_p99_ms", CanaryBenchmark.quantile(millis, 0.99))
                    .with("trace_to_rollback_max_ms", millis[millis.length - 1])
                    .print(settings.get(OUT).isEmpty() ? null : settings.get(OUT));
        }
        System.exit(0);
    }

    private double[] run(int rounds, Path state) throws Exception {
        broker.topics("", 1).create(List.of(TopicCatalogue.TRACES,
                TopicCatalogue.RELEASES,
                TopicCatalogue.OUTCOMES,
                TopicCatalogue.VERDICTS,
                TopicCatalogue.PROGRESS));
        double[] millis = new double[rounds];
        TopicPartition verdicts = new TopicPartition(TopicCatalogue.VERDICTS.name(), 0);
        JobClient job;
        try (TimedRollouts rollouts = new TimedRollouts(kafka, registry, start, ROUND);
                KafkaConsumer<byte[], byte[]> consumer =
                        new KafkaConsumer<>(kafka.client(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
                AvroDeserializer<Verdict> deserializer = new AvroDeserializer<>(registry, Verdict.class)) {
            consumer.assign(List.of(verdicts));
            consumer.seekToBeginning(List.of(verdicts));
            for (int round = 0; round < rounds; round++) {
                rollouts.start(round, "dry-run", "none");
            }
            job = startJob(state);
            for (int round = 0; round < rounds; round++) {
                millis[round] = await(round, rollouts.sendTraffic(round), consumer, deserializer);
            }
        }
        job.cancel().get();
        java.util.Arrays.sort(millis);
        return millis;
    }

    private static double await(
            int round, long arrived, KafkaConsumer<byte[], byte[]> consumer, AvroDeserializer<Verdict> deserializer) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                Verdict verdict = deserializer.deserialize(record.topic(), record.value());
                if (verdict.getVerdict() == VerdictKind.ROLLBACK
                        && verdict.getReleaseId().equals(TimedRollouts.releaseId(round))) {
                    return record.timestamp() - arrived;
                }
            }
        }
        throw new IllegalStateException("no rollback of release-%d within %s".formatted(round, PATIENCE));
    }

    private JobClient startJob(Path state) throws Exception {
        JobSettings job = new JobSettings(state, Duration.ofSeconds(1), 1, "hashmap");
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(job.toFlink());
        environment.setParallelism(1);
        CanaryJob.build(
                environment,
                CanaryConfig.from(Configuration.load(CanaryConfig.keys(), Map.of(), broker.jobFlags(state))));
        return environment.executeAsync("canary");
    }
}
