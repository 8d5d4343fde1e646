package io.tidemark.jobs.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.avro.Rule;
import io.tidemark.contracts.avro.Signal;
import io.tidemark.contracts.avro.WindowRow;
import io.tidemark.contracts.topic.RecordHeaders;
import io.tidemark.contracts.topic.Topic;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.jobs.rules.model.ShippedRules;
import io.tidemark.jobs.runtime.FailsOnce;
import io.tidemark.jobs.runtime.JobSettings;
import io.tidemark.jobs.windows.SliceLattice;
import io.tidemark.platform.kafka.KafkaClientSettings;
import io.tidemark.registry.AvroDeserializer;
import io.tidemark.registry.AvroSerializer;
import io.tidemark.registry.ConfluentSchemaRegistry;
import io.tidemark.testing.KafkaExtension;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The job on a real broker: rows of two writers in, signals out, with a stop in the middle. */
class RulesJobIT {

    private static final Duration DEADLINE = Duration.ofMinutes(2);
    private static final int PARTITIONS = 2;
    private static final int WRITERS = 2;
    private static final int NEVER = Integer.MAX_VALUE;

    @RegisterExtension
    static final KafkaExtension KAFKA = new KafkaExtension();

    @TempDir
    Path directory;

    private final String run = KAFKA.uniqueName("rules");
    private final List<WindowRow> rows = rows();
    private final ConfluentSchemaRegistry registry = new ConfluentSchemaRegistry(KAFKA.registryUrl(), Map.of());

    @Test
    void signalsAreThoseOfThePanesWhateverIsStoppedInBetween() throws Exception {
        sendHalf();
        JobClient first = start(2, "hashmap", NEVER);
        Awaitility.await().atMost(DEADLINE).until(() -> !signals().isEmpty());
        first.cancel().get();
        finish(start(1, "hashmap", NEVER));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hashmap", "rocksdb"})
    void aTaskThatFailsChangesNothing(String backend) throws Exception {
        sendHalf();
        JobClient job = start(2, backend, 20);
        Awaitility.await().atMost(DEADLINE).until(() -> !signals().isEmpty());
        finish(job);
    }

    private void sendHalf() throws Exception {
        createTopics();
        publish("error-rate");
        send(rows.subList(0, rows.size() / 2), false);
    }

    private void finish(JobClient job) throws Exception {
        send(rows.subList(rows.size() / 2, rows.size()), true);
        Awaitility.await().atMost(DEADLINE).until(() -> read(TopicCatalogue.PROGRESS).stream()
                .anyMatch(record -> text(record.value()).contains("\"stage\":\"rules\"")));
        job.cancel().get();
        assertThat(signals().stream().map(Signal::toString).sorted())
                .isEqualTo(expected(rows))
                .isNotEmpty();
        assertThat(ends()).containsExactlyInAnyOrder(0, 1);
    }

    private static List<WindowRow> rows() {
        List<WindowRow> rows = new ArrayList<>();
        List<WindowRow> well =
                Traffic.rate("errors", 0.004, 20 * Traffic.MINUTE).rows();
        List<WindowRow> ill = Traffic.rate("errors", 0.004, 5 * Traffic.MINUTE)
                .thenRate("errors", 0.1, 10 * Traffic.MINUTE)
                .thenRate("errors", 0, 5 * Traffic.MINUTE)
                .rows();
        for (int pane = 0; pane < well.size(); pane++) {
            well.get(pane).setTenant("well");
            rows.add(well.get(pane));
            rows.add(ill.get(pane));
        }
        return rows;
    }

    /** The same rows through the operators alone. */
    private static List<String> expected(List<WindowRow> rows) throws Exception {
        try (RulesRun harness = RulesRun.shipped("error-rate")) {
            for (WindowRow row : rows) {
                harness.send(row);
            }
            harness.timeIs(Long.MAX_VALUE);
            return harness.signals().stream()
                    .peek(signal -> {
                        signal.setRuleHash("hash");
                        signal.setRuleVersion(1);
                    })
                    .map(Signal::toString)
                    .sorted()
                    .toList();
        }
    }

    private void createTopics() throws Exception {
        List<NewTopic> topics = new ArrayList<>();
        for (Topic topic : List.of(
                TopicCatalogue.WINDOWS,
                TopicCatalogue.SIGNALS,
                TopicCatalogue.RULES,
                TopicCatalogue.RELEASES,
                TopicCatalogue.PROGRESS)) {
            int partitions = Math.min(PARTITIONS, topic.partitions());
            topics.add(new NewTopic(topic.nameInRun(run), partitions, (short) 1)
                    .configs(Map.of("retention.ms", "-1", "message.timestamp.type", "LogAppendTime")));
        }
        try (Admin admin = KAFKA.admin()) {
            admin.createTopics(topics).all().get();
        }
    }

    private void publish(String id) {
        String topic = TopicCatalogue.RULES.nameInRun(run);
        Rule rule = Rule.newBuilder()
                .setRuleId(id)
                .setVersion(1)
                .setHash("hash")
                .setEffectiveTime(Instant.EPOCH)
                .setDocument(ShippedRules.texts().get(id + ".yaml"))
                .build();
        try (AvroSerializer<Rule> serializer = new AvroSerializer<>(registry, TopicCatalogue.RULES);
                KafkaProducer<byte[], byte[]> producer = producer()) {
            producer.send(new ProducerRecord<>(topic, bytes(id), serializer.serialize(topic, rule)));
        }
    }

    /** Each row goes to the partition of its tenant, and after each pane both writers give their word to every partition. */
    private void send(List<WindowRow> rows, boolean isEnd) {
        String topic = TopicCatalogue.WINDOWS.nameInRun(run);
        try (AvroSerializer<WindowRow> serializer = new AvroSerializer<>(registry, TopicCatalogue.WINDOWS);
                KafkaProducer<byte[], byte[]> producer = producer()) {
            for (WindowRow row : rows) {
                int partition = row.getTenant().equals("well") ? 0 : 1;
                producer.send(new ProducerRecord<>(topic, partition, null, serializer.serialize(topic, row)));
                word(producer, topic, partition, row.getWindowStart().toEpochMilli() + Panes.PANE_MILLIS - 1);
            }
            if (isEnd) {
                word(producer, topic, 0, Long.MAX_VALUE);
                word(producer, topic, 1, Long.MAX_VALUE);
            }
        }
    }

    private static void word(KafkaProducer<byte[], byte[]> producer, String topic, int partition, long millis) {
        for (int writer = 0; writer < WRITERS; writer++) {
            ProducerRecord<byte[], byte[]> word = new ProducerRecord<>(topic, partition, null, null);
            word.headers().add(RecordHeaders.WATERMARK, bytes("%d|%d|%d".formatted(writer, WRITERS, millis)));
            producer.send(word);
        }
    }

    /** @param failAfter rows after which a task fails once */
    private JobClient start(int parallelism, String backend, int failAfter) throws Exception {
        String url = KAFKA.registryUrl();
        RulesConfig config = RulesConfig.of(
                run,
                KafkaClientSettings.plain(KAFKA.bootstrapServers()),
                () -> new ConfluentSchemaRegistry(url, Map.of()),
                SliceLattice.parse(SliceLattice.STANDARD),
                Duration.ZERO,
                Duration.ofHours(1));
        JobSettings settings = new JobSettings(directory, Duration.ofMillis(300), parallelism, backend);
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(settings.toFlink());
        environment.setParallelism(parallelism);
        RulesJob.build(
                RulesJob.panes(environment, config)
                        .map(new FailsOnce<>(failAfter))
                        .returns(PaneRow.TYPE),
                config,
                PARTITIONS);
        return environment.executeAsync(config.jobName());
    }

    private List<Signal> signals() {
        AvroDeserializer<Signal> deserializer = new AvroDeserializer<>(registry, Signal.class);
        return read(TopicCatalogue.SIGNALS).stream()
                .filter(record -> record.value() != null)
                .map(record -> deserializer.deserialize(record.topic(), record.value()))
                .toList();
    }

    private TreeSet<Integer> ends() {
        TreeSet<Integer> partitions = new TreeSet<>();
        for (ConsumerRecord<byte[], byte[]> record : read(TopicCatalogue.SIGNALS)) {
            if (record.headers().lastHeader(RecordHeaders.END_MARKER) != null) {
                partitions.add(record.partition());
            }
        }
        return partitions;
    }

    private List<ConsumerRecord<byte[], byte[]>> read(Topic topic) {
        Properties properties =
                KafkaClientSettings.plain(KAFKA.bootstrapServers()).client();
        properties.put("isolation.level", "read_committed");
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic.nameInRun(run)).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }

    private static KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                KafkaClientSettings.plain(KAFKA.bootstrapServers()).producer(),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
