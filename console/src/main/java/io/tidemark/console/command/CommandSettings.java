package io.tidemark.console.command;

import io.tidemark.platform.config.Configuration;
import io.tidemark.platform.config.ConfigurationKey;
import io.tidemark.platform.kafka.KafkaClientSettings;
import io.tidemark.registry.ConfluentSchemaRegistry;
import io.tidemark.registry.ReleaseLog;
import io.tidemark.registry.TrustedRecords;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Where commands go.
 *
 * @param kafka Kafka
 * @param registryUrl schema registry
 * @param registryProperties further properties of the registry client
 */
public record CommandSettings(KafkaClientSettings kafka, String registryUrl, Map<String, String> registryProperties) {

    private static final ConfigurationKey<String> BOOTSTRAP_SERVERS = ConfigurationKey.text(
            "kafka.bootstrap-servers",
            "",
            "Kafka, for commands of people whose token may roll back; empty for a console that only reads");
    private static final ConfigurationKey<Map<String, String>> PROPERTIES = ConfigurationKey.prefix(
            "kafka.properties", "further Kafka client properties, for example kafka.properties.security.protocol");
    private static final ConfigurationKey<String> REGISTRY_URL = ConfigurationKey.text(
            "registry.url", "", "URL of the schema registry; needed with kafka.bootstrap-servers");
    private static final ConfigurationKey<Map<String, String>> REGISTRY_PROPERTIES = ConfigurationKey.prefix(
            "registry.properties", "further properties of the registry client, for example basic.auth.user.info");

    /** A person waits for the answer. */
    private static final String PATIENCE_MILLIS = "8000";

    private static final String PATIENCE_WITH_A_REQUEST_MILLIS = "5000";

    public CommandSettings {
        registryProperties = Map.copyOf(registryProperties);
    }

    /** Every key. */
    public static List<ConfigurationKey<?>> keys() {
        return List.of(BOOTSTRAP_SERVERS, PROPERTIES, REGISTRY_URL, REGISTRY_PROPERTIES);
    }

    /**
     * The settings of a process; empty where Kafka is not set.
     *
     * @throws IllegalArgumentException when Kafka is set and the registry is not
     */
    public static Optional<CommandSettings> from(Configuration configuration) {
        String servers = configuration.get(BOOTSTRAP_SERVERS);
        String registry = configuration.get(REGISTRY_URL);
        if (servers.isBlank()) {
            return Optional.empty();
        }
        if (registry.isBlank()) {
            throw new IllegalArgumentException("registry.url must be set where kafka.bootstrap-servers is");
        }
        return Optional.of(new CommandSettings(
                new KafkaClientSettings(servers, configuration.get(PROPERTIES)),
                registry,
                configuration.get(REGISTRY_PROPERTIES)));
    }

    /** The topics that commands go to. */
    public ReleaseLog releaseLog() {
        TrustedRecords.register();
        Properties client = kafka.client();
        client.putIfAbsent(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        client.putIfAbsent(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_WITH_A_REQUEST_MILLIS);
        Properties producer = kafka.producer();
        producer.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_MILLIS);
        producer.putIfAbsent(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_WITH_A_REQUEST_MILLIS);
        producer.putIfAbsent(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        return new ReleaseLog(new ConfluentSchemaRegistry(registryUrl, registryProperties), client, producer, "");
    }
}
