package io.tidemark.gateway.server;

import io.tidemark.contracts.avro.ReceivedSpan;
import io.tidemark.contracts.avro.SpanBatch;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.registry.AvroDeserializer;
import io.tidemark.registry.ConfluentSchemaRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the spans topic from its beginning to its end. */
final class SpansInKafka {

    private SpansInKafka() {}

    static List<ReceivedSpan> all(String bootstrapServers, String registryUrl) {
        return byTrace(bootstrapServers, registryUrl).values().stream()
                .flatMap(List::stream)
                .toList();
    }

    static Map<String, List<ReceivedSpan>> byTrace(String bootstrapServers, String registryUrl) {
        Map<String, List<ReceivedSpan>> found = new HashMap<>();
        Properties properties = new Properties();
        properties.put("bootstrap.servers", bootstrapServers);
        AvroDeserializer<SpanBatch> reader =
                new AvroDeserializer<>(new ConfluentSchemaRegistry(registryUrl, Map.of()), SpanBatch.class);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(TopicCatalogue.SPANS.name()).stream()
                    .map(each -> new TopicPartition(each.topic(), each.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    SpanBatch batch = reader.deserialize(record.topic(), record.value());
                    found.computeIfAbsent(batch.getTraceId(), id -> new ArrayList<>())
                            .addAll(batch.getSpans());
                }
            }
        }
        return found;
    }
}
