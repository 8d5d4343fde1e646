package io.tidemark.jobs.runtime;

import io.tidemark.contracts.topic.Topic;
import io.tidemark.platform.kafka.KafkaClientSettings;
import io.tidemark.registry.AvroDeserializer;
import io.tidemark.registry.AvroSerializer;
import io.tidemark.registry.ConfluentSchemaRegistry;
import io.tidemark.registry.TrustedRecords;
import io.tidemark.testing.KafkaExtension;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The topics of one run on a real broker, one partition each: what is sent, and what came. */
public final class RunTopics {

    private final KafkaExtension kafka;
    private final ConfluentSchemaRegistry registry;
    private final String run;

    public RunTopics(KafkaExtension kafka, Topic... topics) throws Exception {
        TrustedRecords.register();
        this.kafka = kafka;
        run = kafka.uniqueName("run");
        registry = new ConfluentSchemaRegistry(kafka.registryUrl(), Map.of());
        Map<String, String> appended = Map.of("message.timestamp.type", "LogAppendTime", "retention.ms", "-1");
        try (Admin admin = kafka.admin()) {
            admin.createTopics(Arrays.stream(topics)
                            .map(topic -> new NewTopic(topic.nameInRun(run), 1, (short) 1).configs(appended))
                            .toList())
                    .all()
                    .get();
        }
    }

    public String run() {
        return run;
    }

    /** What a job has to be told. */
    public List<String> flags() {
        return List.of(
                "--run=" + run,
                "--registry.url=" + kafka.registryUrl(),
                "--kafka.bootstrap-servers=" + kafka.bootstrapServers());
    }

    public <T extends SpecificRecord> void send(Topic topic, String key, T record) {
        try (var serializer = new AvroSerializer<T>(registry, topic);
                var producer = new KafkaProducer<>(
                        KafkaClientSettings.plain(kafka.bootstrapServers()).producer(),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            byte[] value = serializer.serialize(topic.nameInRun(run), record);
            producer.send(new ProducerRecord<>(topic.nameInRun(run), key.getBytes(StandardCharsets.UTF_8), value));
        }
    }

    /** What has been committed so far. */
    public <T extends SpecificRecord> List<T> committed(Topic topic, Class<T> recordClass) {
        TopicPartition partition = new TopicPartition(topic.nameInRun(run), 0);
        List<T> found = new ArrayList<>();
        try (var reader = new AvroDeserializer<>(registry, recordClass);
                var consumer = new KafkaConsumer<>(
                        KafkaClientSettings.plain(kafka.bootstrapServers()).consumer(kafka.uniqueName("reader")),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(100))
                        .forEach(record -> found.add(reader.deserialize(partition.topic(), record.value())));
            }
        }
        return found;
    }
}
