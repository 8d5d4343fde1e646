package io.tidemark.gateway.server;

import io.tidemark.contracts.topic.Topic;
import io.tidemark.registry.AvroDeserializer;
import io.tidemark.registry.ConfluentSchemaRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a topic from its beginning to its end. */
final class RecordsInKafka {

    private RecordsInKafka() {}

    static <T extends SpecificRecord> List<T> all(
            String bootstrapServers, String registryUrl, Topic topic, Class<T> recordClass) {
        List<T> found = new ArrayList<>();
        Properties properties = new Properties();
        properties.put("bootstrap.servers", bootstrapServers);
        AvroDeserializer<T> reader =
                new AvroDeserializer<>(new ConfluentSchemaRegistry(registryUrl, Map.of()), recordClass);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic.name()).stream()
                    .map(each -> new TopicPartition(each.topic(), each.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    found.add(reader.deserialize(record.topic(), record.value()));
                }
            }
        }
        return found;
    }
}
