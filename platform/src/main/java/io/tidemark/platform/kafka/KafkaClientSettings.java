package io.tidemark.platform.kafka;

import io.tidemark.platform.config.Configuration;
import io.tidemark.platform.config.ConfigurationKey;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * How to reach Kafka.
 *
 * @param bootstrapServers comma-separated host:port
 * @param extra further client properties, passed to every client as they are: SASL, TLS, timeouts
 */
public record KafkaClientSettings(String bootstrapServers, Map<String, String> extra) {

    private static final ConfigurationKey<String> BOOTSTRAP_SERVERS =
            ConfigurationKey.text("kafka.bootstrap-servers", null, "Kafka bootstrap servers, host:port,host:port");

    private static final ConfigurationKey<Map<String, String>> PROPERTIES = ConfigurationKey.prefix(
            "kafka.properties", "further Kafka client properties, for example kafka.properties.security.protocol");

    public KafkaClientSettings {
        extra = Map.copyOf(extra);
    }

    /** The keys that a process with a Kafka client declares. */
    public static List<ConfigurationKey<?>> keys() {
        return List.of(BOOTSTRAP_SERVERS, PROPERTIES);
    }

    /** The settings of a process. */
    public static KafkaClientSettings from(Configuration configuration) {
        return new KafkaClientSettings(configuration.get(BOOTSTRAP_SERVERS), configuration.get(PROPERTIES));
    }

    /** Settings without security, for a broker on this machine. */
    public static KafkaClientSettings plain(String bootstrapServers) {
        return new KafkaClientSettings(bootstrapServers, Map.of());
    }

    /** Properties of any client. */
    public Properties client() {
        Properties properties = new Properties();
        properties.putAll(extra);
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        return properties;
    }

    /**
     * Properties of a producer that loses nothing: acknowledged by all replicas, idempotent, one request at a time.
     *
     * <p>A broker that knows nothing of a producer takes any batch as its first. Of two batches in flight to a partition that is not
     * ready yet, the first could fail and the second succeed; the first would then be refused as out of order until it expires.
     * Batches fill while a request is under way, so one at a time costs little.
     */
    public Properties producer() {
        Properties properties = client();
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        properties.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, "1");
        properties.putIfAbsent(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        return properties;
    }

    /** Properties of a consumer of committed records that commits by itself only when told to. */
    public Properties consumer(String group) {
        Properties properties = client();
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        properties.putIfAbsent(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.putIfAbsent(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.putIfAbsent(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return properties;
    }
}
