package io.tidemark.alerts;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Every committed record of one topic so far.
 *
 * @param <T> record class
 */
final class TopicTail<T extends SpecificRecord> implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConsumer<String, byte[]> consumer;
    private final Deserializer<T> deserializer;
    private final List<T> records = new ArrayList<>();
    private final List<ConsumerRecord<String, byte[]>> raw = new ArrayList<>();

    TopicTail(Properties consumerSettings, String topic, Deserializer<T> deserializer) {
        this.consumer = new KafkaConsumer<>(consumerSettings, new StringDeserializer(), new ByteArrayDeserializer());
        this.deserializer = deserializer;
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(each -> new TopicPartition(topic, each.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** All records with a value. */
    List<T> all() {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
            raw.add(record);
            if (record.value() != null && deserializer != null) {
                records.add(deserializer.deserialize(record.topic(), record.value()));
            }
        }
        return records;
    }

    /** The same as they came. */
    List<ConsumerRecord<String, byte[]>> raw() {
        all();
        return raw;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
