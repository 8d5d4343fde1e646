package io.tidemark.jobs.windows;

import io.tidemark.contracts.InferenceIds;
import io.tidemark.contracts.avro.Trace;
import io.tidemark.contracts.avro.WindowRow;
import io.tidemark.contracts.topic.RecordHeaders;
import io.tidemark.contracts.topic.Topic;
import io.tidemark.contracts.topic.TopicCatalogue;
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
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Future;
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

/** One replay through the windows job on a real broker: its topics, what is sent, and what comes out. */
final class ReplayRun {

    static final int PARTITIONS = 3;
    static final Duration DEADLINE = Duration.ofMinutes(2);

    private final KafkaExtension kafka;
    private final String run;
    private final ConfluentSchemaRegistry registry;
    private long progressOffset;

    ReplayRun(KafkaExtension kafka) throws Exception {
        this.kafka = kafka;
        run = kafka.uniqueName("run");
        registry = new ConfluentSchemaRegistry(kafka.registryUrl(), Map.of());
        createTopics();
    }

    private void createTopics() throws Exception {
        Map<String, String> settings = Map.of("retention.ms", "-1", "message.timestamp.type", "LogAppendTime");
        try (Admin admin = kafka.admin()) {
            admin.createTopics(List.of(
                            topic(TopicCatalogue.TRACES, PARTITIONS, settings),
                            topic(TopicCatalogue.WINDOWS, 2, settings),
                            topic(TopicCatalogue.LATE, 1, settings),
                            topic(TopicCatalogue.PROGRESS, 1, settings)))
                    .all()
                    .get();
        }
    }

    private NewTopic topic(Topic topic, int partitions, Map<String, String> settings) {
        return new NewTopic(topic.nameInRun(run), partitions, (short) 1).configs(settings);
    }

    String name() {
        return run;
    }

    /** Sends traces in order, each to the partition of its key. */
    void send(List<Trace> traces) throws Exception {
        List<Future<?>> acknowledgements = new ArrayList<>();
        String topic = TopicCatalogue.TRACES.nameInRun(run);
        try (AvroSerializer<Trace> serializer = new AvroSerializer<>(registry, TopicCatalogue.TRACES);
                KafkaProducer<byte[], byte[]> producer = producer()) {
            for (Trace trace : traces) {
                byte[] key = InferenceIds.kafkaKey(trace.getTenant(), trace.getTraceId());
                acknowledgements.add(
                        producer.send(new ProducerRecord<>(topic, key, serializer.serialize(topic, trace))));
            }
            producer.flush();
            for (Future<?> acknowledgement : acknowledgements) {
                acknowledgement.get();
            }
        }
    }

    void sendBytes(byte[] value) {
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            producer.send(new ProducerRecord<>(TopicCatalogue.TRACES.nameInRun(run), 0, null, value));
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

    WindowsConfig config() {
        String url = kafka.registryUrl();
        KafkaClientSettings settings = KafkaClientSettings.plain(kafka.bootstrapServers());
        SliceLattice lattice = SliceLattice.parse(SliceLattice.STANDARD);
        TraceSourceConfig source = new TraceSourceConfig(
                run,
                WindowsConfig.JOB,
                settings.consumer("tidemark-windows"),
                () -> new ConfluentSchemaRegistry(url, Map.of()),
                lattice.keyDimensions(),
                Duration.ofSeconds(10),
                Duration.ofMinutes(10),
                Duration.ofMinutes(10),
                Duration.ofMinutes(5),
                Duration.ofSeconds(5),
                Duration.ofHours(1),
                "");
        return new WindowsConfig(source, settings.producer(), lattice, 10_000, Duration.ofMinutes(5), Limits.none());
    }

    JobClient start(Path stateDirectory, int parallelism, String backend) throws Exception {
        JobSettings settings = new JobSettings(stateDirectory, Duration.ofMillis(300), parallelism, backend);
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(settings.toFlink());
        environment.setParallelism(parallelism);
        WindowsJob.build(environment, config());
        return environment.executeAsync("windows." + run);
    }

    /** As {@link #start}, with a task that fails once when so many records have passed it. */
    JobClient startFailingOnce(Path stateDirectory, int records, int parallelism, String backend) throws Exception {
        JobSettings settings = new JobSettings(stateDirectory, Duration.ofMillis(300), parallelism, backend);
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(settings.toFlink());
        environment.setParallelism(parallelism);
        WindowsJob.build(
                TraceSource.raw(environment, config().source())
                        .map(new FailsOnce<>(records))
                        .returns(RawTrace.TYPE),
                config());
        return environment.executeAsync("windows." + run);
    }

    /** Waits until every partition and every windows subtask has said, since the last call, that it is done. */
    List<String> awaitEnd(int parallelism) {
        Set<String> reported = new TreeSet<>();
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            TopicPartition progress = new TopicPartition(TopicCatalogue.PROGRESS.nameInRun(run), 0);
            consumer.assign(List.of(progress));
            consumer.seek(progress, progressOffset);
            Awaitility.await().atMost(DEADLINE).until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> {
                    reported.add(new String(record.key(), StandardCharsets.UTF_8));
                    values.add(new String(record.value(), StandardCharsets.UTF_8));
                });
                return reported.size() == PARTITIONS + parallelism;
            });
            progressOffset = consumer.position(progress);
        }
        return values;
    }

    /** Every committed window row, in order. */
    List<WindowRow> rows() {
        String topic = TopicCatalogue.WINDOWS.nameInRun(run);
        List<WindowRow> rows = new ArrayList<>();
        try (AvroDeserializer<WindowRow> deserializer = new AvroDeserializer<>(registry, WindowRow.class)) {
            for (ConsumerRecord<byte[], byte[]> record : committed(topic, 2)) {
                rows.add(deserializer.deserialize(topic, record.value()));
            }
        }
        return rows;
    }

    List<ConsumerRecord<byte[], byte[]>> late() {
        return committed(TopicCatalogue.LATE.nameInRun(run), 1);
    }

    private List<ConsumerRecord<byte[], byte[]>> committed(String topic, int partitions) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            List<TopicPartition> assigned = new ArrayList<>();
            for (int partition = 0; partition < partitions; partition++) {
                assigned.add(new TopicPartition(topic, partition));
            }
            consumer.assign(assigned);
            consumer.seekToBeginning(assigned);
            Map<TopicPartition, Long> ends = consumer.endOffsets(assigned);
            Awaitility.await().atMost(DEADLINE).until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
                return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
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
