package io.tidemark.consumers;

import io.tidemark.contracts.avro.Alert;
import io.tidemark.contracts.avro.AlertState;
import io.tidemark.contracts.avro.Release;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.registry.AvroDeserializer;
import io.tidemark.registry.NotARecordException;
import io.tidemark.registry.SchemaRegistry;
import io.tidemark.registry.UnknownSchemaException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/** The alerts and changes of one consumer group. What cannot be read is counted; the sink dead-letters it. */
final class Inbox implements AutoCloseable {

    /** Many: an alert is not followed when a later record of the same poll says that it is over. */
    private static final int RECORDS_PER_POLL = 500;

    /** Long: targets are slow, and there is one instance of a consumer, so nobody waits for its partitions. */
    private static final int POLL_INTERVAL_MILLIS = 1_800_000;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final AvroDeserializer<Alert> alerts;
    private final AvroDeserializer<Release> releases;
    private final ConsumerMetrics metrics;

    Inbox(io.tidemark.consumers.ConsumerConfig config, SchemaRegistry registry, ConsumerMetrics metrics) {
        Properties properties = config.kafka().consumer(config.name());
        properties.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, config.name());
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS_PER_POLL);
        properties.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, POLL_INTERVAL_MILLIS);
        this.consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.alerts = new AvroDeserializer<>(registry, Alert.class);
        this.releases = new AvroDeserializer<>(registry, Release.class);
        this.metrics = metrics;
        List<String> topics = new ArrayList<>(List.of(TopicCatalogue.ALERTS.name()));
        if (config.readsChanges()) {
            topics.add(TopicCatalogue.RELEASES.name());
        }
        consumer.subscribe(topics);
    }

    List<ConsumerRecord<byte[], byte[]>> poll(Duration wait) {
        List<ConsumerRecord<byte[], byte[]>> batch = new ArrayList<>();
        consumer.poll(wait).forEach(batch::add);
        return batch;
    }

    /** The last state of each alert in a batch. */
    Map<String, AlertState> newestStates(List<ConsumerRecord<byte[], byte[]>> batch) {
        Map<String, AlertState> newest = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : batch) {
            alert(record).ifPresent(alert -> newest.put(alert.getAlertId(), alert.getState()));
        }
        return newest;
    }

    Optional<Alert> alert(ConsumerRecord<byte[], byte[]> record) {
        return record.topic().equals(TopicCatalogue.ALERTS.name()) ? decode(record, alerts) : Optional.empty();
    }

    Optional<Release> change(ConsumerRecord<byte[], byte[]> record) {
        return record.topic().equals(TopicCatalogue.RELEASES.name()) ? decode(record, releases) : Optional.empty();
    }

    ConsumerGroupMetadata group() {
        return consumer.groupMetadata();
    }

    /** Commits the positions behind a batch: for records that asked for nothing. */
    void commit(List<ConsumerRecord<byte[], byte[]>> batch) {
        if (batch.isEmpty()) {
            return;
        }
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : batch) {
            offsets.put(
                    new TopicPartition(record.topic(), record.partition()), new OffsetAndMetadata(record.offset() + 1));
        }
        consumer.commitSync(offsets);
    }

    private <T> Optional<T> decode(ConsumerRecord<byte[], byte[]> record, Deserializer<T> deserializer) {
        try {
            return Optional.ofNullable(deserializer.deserialize(record.topic(), record.value()));
        } catch (NotARecordException | UnknownSchemaException | SerializationException e) {
            metrics.unreadable();
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
