package io.tidemark.cli.alert;

import io.tidemark.cli.stack.StackEndpoints;
import io.tidemark.registry.AvroDeserializer;
import io.tidemark.registry.NotARecordException;
import io.tidemark.registry.UnknownSchemaException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Reads one topic without a group: to its present end, or as records come. What cannot be read is left to the sink.
 *
 * @param <T> record class
 */
public final class AvroTail<T extends SpecificRecord> implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<String, byte[]> consumer;
    private final AvroDeserializer<T> deserializer;
    private final List<TopicPartition> partitions;

    public AvroTail(StackEndpoints endpoints, String topic, Class<T> type) {
        Properties properties = endpoints.kafka().client();
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
        deserializer = new AvroDeserializer<>(endpoints.newRegistryClient(), type);
        partitions = consumer.partitionsFor(topic).stream()
                .map(each -> new TopicPartition(topic, each.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Goes on with what comes from now on. */
    void skipToEnd() {
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
    }

    /** Everything up to the present end. */
    public List<T> readToEnd() {
        List<T> records = new ArrayList<>();
        untilEnd(record -> decode(record).ifPresent(records::add));
        return records;
    }

    /** The last record of each key up to the present end; a key whose last record has no value is gone. */
    Map<String, T> readLatest() {
        Map<String, T> latest = new LinkedHashMap<>();
        untilEnd(record -> {
            latest.remove(record.key());
            decode(record).ifPresent(value -> latest.put(record.key(), value));
        });
        return latest;
    }

    /** What has come since the last call; waits a moment for the first. */
    List<T> next() {
        List<T> records = new ArrayList<>();
        consumer.poll(POLL).forEach(record -> decode(record).ifPresent(records::add));
        return records;
    }

    private void untilEnd(java.util.function.Consumer<ConsumerRecord<String, byte[]>> each) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.get(one))) {
            consumer.poll(POLL).forEach(each);
        }
    }

    private Optional<T> decode(ConsumerRecord<String, byte[]> record) {
        try {
            return Optional.ofNullable(deserializer.deserialize(record.topic(), record.value()));
        } catch (NotARecordException | UnknownSchemaException | SerializationException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
