package io.tidemark.cli.stack;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.tidemark.platform.kafka.KafkaClientSettings;
import io.tidemark.registry.ConfluentSchemaRegistry;
import io.tidemark.registry.ReleaseLog;
import io.tidemark.registry.SchemaRegistry;
import java.util.Map;

/**
 * Where the parts of a stack answer.
 *
 * @param kafkaBootstrapServers Kafka
 * @param kafkaProperties further properties of every Kafka client
 * @param registryUrl schema registry
 * @param clickHouse ClickHouse
 */
public record StackEndpoints(
        String kafkaBootstrapServers,
        Map<String, String> kafkaProperties,
        String registryUrl,
        ClickHouseAccess clickHouse) {

    public StackEndpoints {
        kafkaProperties = Map.copyOf(kafkaProperties);
    }

    /** Settings of every Kafka client. */
    @JsonIgnore
    public KafkaClientSettings kafka() {
        return new KafkaClientSettings(kafkaBootstrapServers, kafkaProperties);
    }

    /** A client of the schema registry. */
    public SchemaRegistry newRegistryClient() {
        return new ConfluentSchemaRegistry(registryUrl, Map.of());
    }

    /** The releases of a run; of live traffic where its name is empty. */
    public ReleaseLog releaseLog(String run) {
        return new ReleaseLog(newRegistryClient(), kafka().client(), kafka().producer(), run);
    }
}
