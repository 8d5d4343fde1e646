package io.tidemark.jobs.rules;

import io.tidemark.contracts.avro.Rule;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.jobs.source.RegistryFactory;
import io.tidemark.registry.AvroDeserializer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rules from their topic. It is read to its end when the feed is opened, before any pane is judged, and looked at again at
 * every tick. The topic holds every rule, so that nothing of it needs to be in a checkpoint.
 */
final class KafkaRuleFeed implements RuleFeed {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaRuleFeed.class);
    private static final Duration WAIT = Duration.ofMillis(200);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final AvroDeserializer<Rule> rules;
    private final String topic;
    private List<Rule> first;

    private KafkaRuleFeed(KafkaConsumer<byte[], byte[]> consumer, AvroDeserializer<Rule> rules, String topic) {
        this.consumer = consumer;
        this.rules = rules;
        this.topic = topic;
    }

    /** A feed of the rules of a run; the empty name is live traffic. */
    static KafkaRuleFeed open(Properties properties, RegistryFactory registry, String run) {
        Properties own = new Properties();
        own.putAll(properties);
        own.remove(ConsumerConfig.GROUP_ID_CONFIG);
        own.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(own, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        KafkaRuleFeed feed = new KafkaRuleFeed(
                consumer, new AvroDeserializer<>(registry.connect(), Rule.class), TopicCatalogue.RULES.nameInRun(run));
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
    public List<Rule> poll() {
        if (first != null) {
            List<Rule> all = first;
            first = null;
            return all;
        }
        return read(Duration.ZERO);
    }

    private List<Rule> read(Duration wait) {
        List<Rule> read = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(wait)) {
            try {
                Rule rule = rules.deserialize(topic, record.value());
                if (rule != null) {
                    read.add(rule);
                }
            } catch (SerializationException e) {
                LOG.error("record {} of {} is no rule and is passed over", record.offset(), topic, e);
            }
        }
        return read;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
