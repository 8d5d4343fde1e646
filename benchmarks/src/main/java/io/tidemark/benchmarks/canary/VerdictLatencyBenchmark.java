package io.tidemark.benchmarks.canary;

import io.tidemark.benchmarks.report.BenchmarkReport;
import io.tidemark.contracts.InferenceIds;
import io.tidemark.contracts.VersionTuple;
import io.tidemark.contracts.avro.Guardrail;
import io.tidemark.contracts.avro.InferenceStatus;
import io.tidemark.contracts.avro.Release;
import io.tidemark.contracts.avro.Rollout;
import io.tidemark.contracts.avro.RolloutState;
import io.tidemark.contracts.avro.Trace;
import io.tidemark.contracts.avro.TrafficRole;
import io.tidemark.contracts.avro.Verdict;
import io.tidemark.contracts.avro.VerdictKind;
import io.tidemark.contracts.topic.Topic;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.jobs.canary.CanaryConfig;
import io.tidemark.jobs.canary.CanaryJob;
import io.tidemark.jobs.runtime.JobSettings;
import io.tidemark.platform.config.Configuration;
import io.tidemark.platform.config.ConfigurationKey;
import io.tidemark.platform.kafka.KafkaClientSettings;
import io.tidemark.registry.AvroDeserializer;
import io.tidemark.registry.AvroSerializer;
import io.tidemark.registry.ConfluentSchemaRegistry;
import io.tidemark.registry.TrustedRecords;
import io.tidemark.stack.EmbeddedKafka;
import io.tidemark.stack.EmbeddedRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

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
    private static final int PAIRS = 300;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaClientSettings kafka;
    private final String registryUrl;
    private final ConfluentSchemaRegistry registry;
    private final Instant start;
    private final KafkaProducer<byte[], byte[]> producer;
    private final AvroSerializer<Trace> traces;

    private VerdictLatencyBenchmark(String bootstrapServers, String registryUrl, Instant start) {
        this.kafka = KafkaClientSettings.plain(bootstrapServers);
        this.registryUrl = registryUrl;
        this.registry = new ConfluentSchemaRegistry(registryUrl, Map.of());
        this.start = start;
        producer = new KafkaProducer<>(kafka.producer(), new ByteArraySerializer(), new ByteArraySerializer());
        traces = new AvroSerializer<>(registry, TopicCatalogue.TRACES);
    }

    /** Runs the benchmark and prints one JSON object. */
    public static void main(String[] arguments) throws Exception {
        TrustedRecords.register();
        Configuration settings = Configuration.load(List.of(ROUNDS, OUT), Map.of(), List.of(arguments));
        Clock clock = Clock.systemUTC();
        Path directory = Files.createTempDirectory("tidemark-benchmark-");
        try (EmbeddedKafka broker = EmbeddedKafka.start(directory.resolve("kafka"), 0);
                EmbeddedRegistry registry =
                        EmbeddedRegistry.start(broker.bootstrapServers(), directory.resolve("registry"), 0)) {
            // event times lie in the past: a watermark never runs ahead of the broker's clock
            Instant start = Instant.ofEpochSecond(clock.instant()
                            .minus(ROUND.multipliedBy(settings.get(ROUNDS) + 10L))
                            .getEpochSecond()
                    / 10
                    * 10);
            VerdictLatencyBenchmark benchmark =
                    new VerdictLatencyBenchmark(broker.bootstrapServers(), registry.url(), start);
            double[] millis = benchmark.run(settings.get(ROUNDS), directory.resolve("state"));
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
        createTopics();
        for (int round = 0; round < rounds; round++) {
            send(TopicCatalogue.RELEASES, release(round));
        }
        JobClient job = startJob(state);
        double[] millis = new double[rounds];
        TopicPartition verdicts = new TopicPartition(TopicCatalogue.VERDICTS.name(), 0);
        try (KafkaConsumer<byte[], byte[]> consumer =
                        new KafkaConsumer<>(kafka.client(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
                AvroDeserializer<Verdict> deserializer = new AvroDeserializer<>(registry, Verdict.class)) {
            consumer.assign(List.of(verdicts));
            consumer.seekToBeginning(List.of(verdicts));
            for (int round = 0; round < rounds; round++) {
                millis[round] = round(round, consumer, deserializer);
            }
        }
        job.cancel().get();
        java.util.Arrays.sort(millis);
        return millis;
    }

    private double round(int round, KafkaConsumer<byte[], byte[]> consumer, AvroDeserializer<Verdict> deserializer)
            throws Exception {
        for (int i = 0; i < PAIRS; i++) {
            send(TopicCatalogue.TRACES, trace(round, "candidate-" + i, i % 2 == 0, Rollouts.CANDIDATE, i));
            send(TopicCatalogue.TRACES, trace(round, "control-" + i, false, Rollouts.CONTROL, i));
        }
        producer.flush();
        Trace trigger = trace(round, "trigger", false, Rollouts.CONTROL, 0);
        trigger.setEventTime(begin(round).plusMillis(20_001));
        long arrived = producer.send(record(TopicCatalogue.TRACES, traces.serialize("", trigger)))
                .get()
                .timestamp();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                Verdict verdict = deserializer.deserialize(record.topic(), record.value());
                if (verdict.getVerdict() == VerdictKind.ROLLBACK
                        && verdict.getReleaseId().equals("release-" + round)) {
                    return record.timestamp() - arrived;
                }
            }
        }
        throw new IllegalStateException("no rollback of release-%d within %s".formatted(round, PATIENCE));
    }

    private Instant begin(int round) {
        return start.plus(ROUND.multipliedBy(round));
    }

    private Trace trace(int round, String name, boolean fails, VersionTuple version, int offsetMillis) {
        String tenant = "tenant-" + round;
        return Trace.newBuilder()
                .setInferenceId(InferenceIds.inferenceId(tenant, name, ""))
                .setTenant(tenant)
                .setTraceId(name)
                .setEventTime(begin(round).plusMillis(1_000L + offsetMillis))
                .setVersion(version.toAvro())
                .setRole(version.equals(Rollouts.CANDIDATE) ? TrafficRole.CANARY : TrafficRole.PRODUCTION)
                .setStatus(fails ? InferenceStatus.ERROR : InferenceStatus.OK)
                .build();
    }

    private Release release(int round) {
        Rollout rollout = Rollout.newBuilder()
                .setReleaseId("release-" + round)
                .setState(RolloutState.STARTED)
                .setCandidate(Rollouts.CANDIDATE.toAvro())
                .setControl(Rollouts.CONTROL.toAvro())
                .setMode(TrafficRole.CANARY)
                .setLadderPercent(List.of(50.0))
                .setGuardrails(List.of(Guardrail.newBuilder()
                        .setMeasure("errors")
                        .setTolerance(Rollouts.TOLERANCE)
                        .setAlphaWeight(1)
                        .setMinimumCount(30)
                        .build()))
                .build();
        return Release.newBuilder()
                .setEventId("event-" + round)
                .setTenant("tenant-" + round)
                .setEventTime(begin(round))
                .setRollout(rollout)
                .build();
    }

    private <T extends SpecificRecord> void send(Topic topic, T record) {
        if (record instanceof Trace trace) {
            producer.send(record(topic, traces.serialize(topic.name(), trace)));
        } else {
            try (AvroSerializer<T> serializer = new AvroSerializer<>(registry, topic)) {
                producer.send(record(topic, serializer.serialize(topic.name(), record)));
            }
        }
    }

    private static ProducerRecord<byte[], byte[]> record(Topic topic, byte[] value) {
        return new ProducerRecord<>(topic.name(), 0, null, value);
    }

    private JobClient startJob(Path state) throws Exception {
        JobSettings job = new JobSettings(state, Duration.ofSeconds(1), 1, "hashmap");
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(job.toFlink());
        environment.setParallelism(1);
        List<String> flags = List.of(
                "--kafka.bootstrap-servers=" + kafka.bootstrapServers(),
                "--registry.url=" + registryUrl,
                "--flink.state-directory=" + state);
        CanaryJob.build(environment, CanaryConfig.from(Configuration.load(CanaryConfig.keys(), Map.of(), flags)));
        return environment.executeAsync("canary");
    }

    private void createTopics() throws Exception {
        Map<String, String> options = Map.of("retention.ms", "-1", "message.timestamp.type", "LogAppendTime");
        try (Admin admin = Admin.create(kafka.client())) {
            admin.createTopics(List.of(
                                    TopicCatalogue.TRACES,
                                    TopicCatalogue.RELEASES,
                                    TopicCatalogue.VERDICTS,
                                    TopicCatalogue.PROGRESS)
                            .stream()
                            .map(topic -> new NewTopic(topic.name(), 1, (short) 1).configs(options))
                            .toList())
                    .all()
                    .get();
        }
    }
}
