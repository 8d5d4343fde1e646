package io.tidemark.sink;

import io.micrometer.core.instrument.MeterRegistry;
import io.tidemark.registry.ConfluentSchemaRegistry;
import io.tidemark.sink.insert.InsertPath;
import io.tidemark.sink.service.SinkMetrics;
import io.tidemark.sink.service.SinkService;
import io.tidemark.sink.table.StoredTopic;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Builds a service from its settings. */
final class SinkWiring {

    /** One partition's share of a fetch is large, so that a backlog is read in large batches. */
    private static final int PARTITION_FETCH_BYTES = 8 << 20;

    private static final int POLL_RECORDS = 5_000;
    private static final int METADATA_MILLIS = 10_000;

    private SinkWiring() {}

    static SinkService service(
            SinkConfig config, InsertPath path, Producer<byte[], byte[]> deadLetters, MeterRegistry registry) {
        return new SinkService(
                new KafkaConsumer<>(consumer(config), new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                deadLetters,
                new ConfluentSchemaRegistry(config.registryUrl(), config.registryProperties()),
                path,
                topics(config.run()),
                config.limits(),
                config.parallelInserts(),
                new SinkMetrics(registry));
    }

    static Producer<byte[], byte[]> deadLetters(SinkConfig config) {
        return new KafkaProducer<>(config.kafka().producer(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static Properties consumer(SinkConfig config) {
        Properties properties = config.kafka().consumer(config.group());
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        properties.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, PARTITION_FETCH_BYTES);
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, POLL_RECORDS);
        // a topic that is created later, such as one of a new run, is found within this time
        properties.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, METADATA_MILLIS);
        return properties;
    }

    private static Map<String, StoredTopic> topics(String run) {
        Map<String, StoredTopic> topics = new HashMap<>();
        for (StoredTopic stored : StoredTopic.all()) {
            topics.put(stored.topic().nameInRun(run), stored);
        }
        return topics;
    }
}
