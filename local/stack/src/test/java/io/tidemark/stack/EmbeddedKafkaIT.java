package io.tidemark.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.contracts.topic.TopicCatalogue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaIT {

    @TempDir
    private static Path directory;

    private static EmbeddedKafka kafka;

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.start(directory, 0);
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void acknowledgedRecordsSurviveAKillAndAnOpenProducerGoesOn() throws Exception {
        String topic = TopicCatalogue.TRACES.nameInRun("kill");
        Topics.create(kafka.bootstrapServers(), "kill", 1);
        try (KafkaProducer<String, String> producer = producer("kill")) {
            producer.initTransactions();
            send(producer, topic, "before");
            kafka.kill();
            kafka.restart();
            send(producer, topic, "after");
        }
        List<ConsumerRecord<String, String>> records = committed(topic, 2);
        assertThat(records).extracting(ConsumerRecord::value).containsExactly("before", "after");
        assertThat(records).extracting(ConsumerRecord::timestampType).containsOnly(TimestampType.LOG_APPEND_TIME);
    }

    @Test
    void topicsAreCreatedOnceWithTheirSettings() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            List<String> live = Topics.create(admin, "", 2);
            assertThat(Topics.create(admin, "", 4)).isEqualTo(live);
            assertThat(live).contains("tidemark.traces.v1", "tidemark.traces.v1.dlq", "tidemark.progress.v1");
            List<String> run = Topics.create(admin, "r1", 2);
            assertThat(run)
                    .contains("tidemark.traces.v1.r1", "tidemark.traces.v1.dlq")
                    .doesNotContain("tidemark.traces.v1");
            Awaitility.await()
                    .untilAsserted(() -> assertThat(admin.listTopics().names().get())
                            .containsAll(live)
                            .containsAll(run));
            assertThat(partitions(admin, "tidemark.traces.v1")).isEqualTo(2);
            assertThat(partitions(admin, "tidemark.progress.v1")).isEqualTo(1);
            assertThat(setting(admin, "tidemark.traces.v1", "retention.ms")).isEqualTo("604800000");
            assertThat(setting(admin, "tidemark.traces.v1.r1", "retention.ms")).isEqualTo("-1");
            assertThat(setting(admin, "tidemark.traces.v1.r1", "message.timestamp.type"))
                    .isEqualTo("LogAppendTime");
        }
    }

    @Test
    void aBusyPortIsOneClearSentence(@TempDir Path other) {
        int port = Integer.parseInt(kafka.bootstrapServers().split(":")[1]);
        assertThatThrownBy(() -> EmbeddedKafka.start(other, port))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("Port %d on 127.0.0.1, asked for by the Kafka broker, is in use".formatted(port));
    }

    @Test
    void aDataDirectoryThatIsInUseIsRefused() {
        assertThatThrownBy(() -> EmbeddedKafka.start(directory, 0))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("The Kafka data directory %s is open in another process".formatted(directory));
        assertThat(kafka.isAlive()).isTrue();
    }

    private static KafkaProducer<String, String> producer(String transaction) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "transactional.id", transaction),
                new StringSerializer(),
                new StringSerializer());
    }

    private static void send(KafkaProducer<String, String> producer, String topic, String value) throws Exception {
        producer.beginTransaction();
        producer.send(new ProducerRecord<>(topic, "key", value)).get();
        producer.commitTransaction();
    }

    private static List<ConsumerRecord<String, String>> committed(String topic, int count) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "isolation.level", "read_committed");
        List<ConsumerRecord<String, String>> records = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
                return records.size() >= count;
            });
        }
        return records;
    }

    private static int partitions(Admin admin, String topic) throws Exception {
        return admin.describeTopics(List.of(topic))
                .allTopicNames()
                .get()
                .get(topic)
                .partitions()
                .size();
    }

    private static String setting(Admin admin, String topic, String name) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Config config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
        return config.get(name).value();
    }
}
