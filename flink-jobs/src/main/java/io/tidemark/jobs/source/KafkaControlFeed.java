package io.tidemark.jobs.source;

import io.tidemark.contracts.topic.Topic;
import io.tidemark.registry.AvroDeserializer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The records of a control topic. It is read to its end when the feed is opened, before any data is looked at, and looked at
 * again whenever somebody asks. The topic holds all that counts, so that nothing of it needs to be in a checkpoint.
 */
public final class KafkaControlFeed<T extends SpecificRecord> implements ControlFeed<T> {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaControlFeed.class);
    private static final Duration WAIT = Duration.ofMillis(200);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final AvroDeserializer<T> deserializer;
    private final String topic;
    private List<T> first;

    private KafkaControlFeed(KafkaConsumer<byte[], byte[]> consumer, AvroDeserializer<T> deserializer, String topic) {
        this.consumer = consumer;
        this.deserializer = deserializer;
        this.topic = topic;
    }

    /**
     * A feed of the records of a run, from the first on.
     *
     * @param run name of the replay run; empty for live traffic
     * @param type class of the records
     */
    public static <T extends SpecificRecord> KafkaControlFeed<T> open(
            Properties properties, RegistryFactory registry, Topic topic, String run, Class<T> type) {
        Properties own = new Properties();
        own.putAll(properties);
        own.remove(ConsumerConfig.GROUP_ID_CONFIG);
        own.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(own, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        KafkaControlFeed<T> feed = new KafkaControlFeed<>(
                consumer, new AvroDeserializer<>(registry.connect(), type), topic.nameInRun(run));
        feed.readToTheEnd();
        return feed;
    }

    private void readToTheEnd() {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        first = new ArrayList<>();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            first.addAll(read(WAIT));
        }
    }

    @Override
    public List<T> poll() {
        if (first != null) {
            List<T> all = first;
            first = null;
            return all;
        }
        return read(Duration.ZERO);
    }

    private List<T> read(Duration wait) {
        List<T> read = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> each : consumer.poll(wait)) {
            try {
                T value = deserializer.deserialize(topic, each.value());
                if (value != null) {
                    read.add(value);
                }
            } catch (SerializationException e) {
                LOG.error("record {} of {} cannot be read and is passed over", each.offset(), topic, e);
            }
        }
        return read;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
