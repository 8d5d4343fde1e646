package io.tidemark.consumers.audit;

import io.tidemark.platform.kafka.KafkaClientSettings;
import io.tidemark.registry.AvroDeserializer;
import io.tidemark.registry.NotARecordException;
import io.tidemark.registry.SchemaRegistry;
import io.tidemark.registry.UnknownSchemaException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads all partitions of one topic without a group. Records that cannot be read are left out: the sink dead-letters them.
 *
 * @param <T> record class
 */
public final class TopicReader<T extends SpecificRecord> implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(TopicReader.class);
    private static final Duration POLL = Duration.ofMillis(200);

    private final String topic;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final AvroDeserializer<T> deserializer;
    private final List<TopicPartition> partitions;

    /**
     * A record and when the broker appended it.
     *
     * @param <T> record class
     */
    public record Timed<T>(T value, Instant appended) {}

    public TopicReader(KafkaClientSettings kafka, SchemaRegistry registry, String topic, Class<T> type) {
        Properties properties = kafka.client();
        properties.putIfAbsent(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        this.topic = topic;
        this.consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.deserializer = new AvroDeserializer<>(registry, type);
        this.partitions = consumer.partitionsFor(topic).stream()
                .map(each -> new TopicPartition(topic, each.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Everything from the beginning to the end that the topic has now. */
    public List<Timed<T>> readToEnd() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        List<Timed<T>> records = new ArrayList<>();
        while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
            records.addAll(poll(POLL));
        }
        return records;
    }

    /** What has come since the last call. */
    public List<Timed<T>> poll(Duration wait) {
        List<Timed<T>> records = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(wait)) {
            T value = decode(record);
            if (value != null) {
                records.add(new Timed<>(value, Instant.ofEpochMilli(record.timestamp())));
            }
        }
        return records;
    }

    /** Goes on with what was appended at or after a time. */
    public void seek(Instant appended) {
        Map<TopicPartition, Long> times =
                partitions.stream().collect(Collectors.toMap(each -> each, each -> appended.toEpochMilli()));
        Map<TopicPartition, OffsetAndTimestamp> offsets = consumer.offsetsForTimes(times);
        for (TopicPartition partition : partitions) {
            OffsetAndTimestamp offset = offsets.get(partition);
            if (offset == null) {
                consumer.seekToEnd(List.of(partition));
            } else {
                consumer.seek(partition, offset.offset());
            }
        }
    }

    private T decode(ConsumerRecord<byte[], byte[]> record) {
        try {
            return deserializer.deserialize(topic, record.value());
        } catch (NotARecordException | UnknownSchemaException | SerializationException e) {
            LOGGER.warn(
                    "record {} of {}-{} is left out: {}", record.offset(), topic, record.partition(), e.getMessage());
            return null;
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
