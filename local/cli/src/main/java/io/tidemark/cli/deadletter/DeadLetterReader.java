package io.tidemark.cli.deadletter;

import io.tidemark.cli.stack.StackEndpoints;
import io.tidemark.contracts.topic.Topic;
import io.tidemark.contracts.topic.TopicCatalogue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads all dead letters that are there when the reading starts; what comes later is left alone. */
final class DeadLetterReader {

    private static final Duration POLL = Duration.ofMillis(200);

    private final Properties properties;

    DeadLetterReader(StackEndpoints endpoints) {
        properties = endpoints.kafka().client();
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    }

    void forEach(Consumer<DeadLetter> action) {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = partitions(consumer);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                    if (record.offset() < ends.get(partition)) {
                        action.accept(new DeadLetter(record));
                    }
                }
            }
        }
    }

    private static List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer) {
        Set<String> names =
                TopicCatalogue.deadLetters().stream().map(Topic::name).collect(Collectors.toSet());
        return consumer.listTopics().entrySet().stream()
                .filter(entry -> names.contains(entry.getKey()))
                .flatMap(entry -> entry.getValue().stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
    }
}
