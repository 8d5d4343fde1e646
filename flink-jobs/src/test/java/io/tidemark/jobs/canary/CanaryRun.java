package io.tidemark.jobs.canary;

import io.tidemark.contracts.InferenceIds;
import io.tidemark.contracts.avro.Outcome;
import io.tidemark.contracts.avro.Release;
import io.tidemark.contracts.avro.Review;
import io.tidemark.contracts.avro.Trace;
import io.tidemark.contracts.avro.Verdict;
import io.tidemark.contracts.topic.RecordHeaders;
import io.tidemark.contracts.topic.Topic;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.jobs.review.ReviewSettings;
import io.tidemark.jobs.runtime.FailsOnce;
import io.tidemark.jobs.runtime.JobSettings;
import io.tidemark.jobs.source.RawTrace;
import io.tidemark.jobs.source.TraceSource;
import io.tidemark.jobs.source.TraceSourceConfig;
import io.tidemark.platform.kafka.KafkaClientSettings;
import io.tidemark.registry.AvroDeserializer;
import io.tidemark.registry.AvroSerializer;
import io.tidemark.registry.ConfluentSchemaRegistry;
import io.tidemark.testing.KafkaExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
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
import org.awaitility.Awaitility;

/** One replay through the canary job on a real broker: its topics, what is sent, and what comes out. */
final class CanaryRun {

    static final int PARTITIONS = 2;
    static final Duration DEADLINE = Duration.ofMinutes(2);

    private final KafkaExtension kafka;
    private final String run;
    private final ConfluentSchemaRegistry registry;

    CanaryRun(KafkaExtension kafka) throws Exception {
        this.kafka = kafka;
        run = kafka.uniqueName("run");
        registry = new ConfluentSchemaRegistry(kafka.registryUrl(), Map.of());
        Map<String, String> settings = Map.of("retention.ms", "-1", "message.timestamp.type", "LogAppendTime");
        try (Admin admin = kafka.admin()) {
            admin.createTopics(List.of(
                            topic(TopicCatalogue.TRACES, PARTITIONS).configs(settings),
                            topic(TopicCatalogue.RELEASES, 1).configs(settings),
                            topic(TopicCatalogue.OUTCOMES, 1).configs(settings),
                            topic(TopicCatalogue.VERDICTS, 1).configs(settings),
                            topic(TopicCatalogue.REVIEWS, 1).configs(settings),
                            topic(TopicCatalogue.PROGRESS, 1).configs(settings)))
                    .all()
                    .get();
        }
    }

    private NewTopic topic(Topic topic, int partitions) {
        return new NewTopic(topic.nameInRun(run), partitions, (short) 1);
    }

    void release(Release release) {
        send(TopicCatalogue.RELEASES, List.of(release));
    }

    void outcomes(List<Outcome> outcomes) {
        send(TopicCatalogue.OUTCOMES, outcomes);
    }

    private <T extends SpecificRecord> void send(Topic kind, List<T> records) {
        String topic = kind.nameInRun(run);
        try (AvroSerializer<T> serializer = new AvroSerializer<>(registry, kind);
                KafkaProducer<byte[], byte[]> producer = producer()) {
            records.forEach(record -> producer.send(new ProducerRecord<>(topic, serializer.serialize(topic, record))));
        }
    }

    void send(List<Trace> traces) {
        String topic = TopicCatalogue.TRACES.nameInRun(run);
        try (AvroSerializer<Trace> serializer = new AvroSerializer<>(registry, TopicCatalogue.TRACES);
                KafkaProducer<byte[], byte[]> producer = producer()) {
            for (Trace trace : traces) {
                byte[] key = InferenceIds.kafkaKey(trace.getTenant(), trace.getTraceId());
                producer.send(new ProducerRecord<>(topic, key, serializer.serialize(topic, trace)));
            }
        }
    }

    void sendEndMarkers() {
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                ProducerRecord<byte[], byte[]> marker =
                        new ProducerRecord<>(TopicCatalogue.TRACES.nameInRun(run), partition, null, null);
                marker.headers().add(RecordHeaders.END_MARKER, run.getBytes(StandardCharsets.UTF_8));
                producer.send(marker);
            }
        }
    }

    private KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                KafkaClientSettings.plain(kafka.bootstrapServers()).producer(),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    JobClient start(Path stateDirectory, int parallelism) throws Exception {
        StreamExecutionEnvironment environment = environment(stateDirectory, parallelism, "hashmap");
        CanaryJob.build(environment, config());
        return environment.executeAsync("canary." + run);
    }

    /** As {@link #start}, with a task that fails once when so many traces have passed it. */
    JobClient startFailingOnce(Path stateDirectory, int traces, int parallelism, String backend) throws Exception {
        StreamExecutionEnvironment environment = environment(stateDirectory, parallelism, backend);
        CanaryConfig config = config();
        CanaryJob.build(
                TraceSource.raw(environment, config.source())
                        .map(new FailsOnce<>(traces))
                        .returns(RawTrace.TYPE),
                CanaryJob.releases(environment, config),
                CanaryJob.scores(environment, config),
                config);
        return environment.executeAsync("canary." + run);
    }

    private static StreamExecutionEnvironment environment(Path stateDirectory, int parallelism, String backend)
            throws IOException {
        JobSettings settings = new JobSettings(stateDirectory, Duration.ofMillis(300), parallelism, backend);
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(settings.toFlink());
        environment.setParallelism(parallelism);
        return environment;
    }

    private CanaryConfig config() {
        String url = kafka.registryUrl();
        KafkaClientSettings settings = KafkaClientSettings.plain(kafka.bootstrapServers());
        TraceSourceConfig source = new TraceSourceConfig(
                run,
                CanaryConfig.JOB,
                settings.consumer("tidemark-canary"),
                () -> new ConfluentSchemaRegistry(url, Map.of()),
                ArmSlice.DIMENSIONS,
                Duration.ofSeconds(10),
                Duration.ZERO,
                Duration.ofMinutes(10),
                Duration.ofMinutes(5),
                Duration.ofSeconds(5),
                Duration.ofHours(1),
                "");
        return new CanaryConfig(
                source,
                settings.producer(),
                CanaryRules.standard(),
                CanaryConfig.STANDARD_HORIZON,
                CanaryConfig.STANDARD_PAIR_HORIZON,
                CanaryConfig.STANDARD_COSINE,
                ReviewSettings.STANDARD);
    }

    /** Waits until every subtask that judges has said that it is done. */
    void awaitEnd(int parallelism) {
        Set<String> reported = new TreeSet<>();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            TopicPartition progress = new TopicPartition(TopicCatalogue.PROGRESS.nameInRun(run), 0);
            consumer.assign(List.of(progress));
            consumer.seekToBeginning(List.of(progress));
            Awaitility.await().atMost(DEADLINE).until(() -> {
                consumer.poll(Duration.ofMillis(100))
                        .forEach(record -> reported.add(new String(record.key(), StandardCharsets.UTF_8)));
                return reported.size() == parallelism;
            });
        }
    }

    List<Verdict> verdicts() {
        return records(TopicCatalogue.VERDICTS, Verdict.class);
    }

    List<Review> reviews() {
        return records(TopicCatalogue.REVIEWS, Review.class);
    }

    private <T extends SpecificRecord> List<T> records(Topic kind, Class<T> type) {
        String topic = kind.nameInRun(run);
        List<T> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer();
                AvroDeserializer<T> deserializer = new AvroDeserializer<>(registry, type)) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            Awaitility.await().atMost(DEADLINE).until(() -> {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    records.add(deserializer.deserialize(topic, record.value()));
                }
                return consumer.position(partition) >= end;
            });
        }
        return records;
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        Properties properties =
                KafkaClientSettings.plain(kafka.bootstrapServers()).consumer(kafka.uniqueName("reader"));
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
