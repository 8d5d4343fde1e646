package io.tidemark.cli.stack;

import java.util.Map;
import java.util.Optional;

/**
 * Parts that run elsewhere; what is empty is embedded.
 *
 * @param kafkaBootstrapServers Kafka cluster
 * @param kafkaProperties further properties of every Kafka client
 * @param registryUrl schema registry
 * @param clickHouse ClickHouse server
 */
public record ExternalParts(
        Optional<String> kafkaBootstrapServers,
        Map<String, String> kafkaProperties,
        Optional<String> registryUrl,
        Optional<ClickHouseAccess> clickHouse) {

    public ExternalParts {
        kafkaProperties = Map.copyOf(kafkaProperties);
    }

    /** Everything is embedded. */
    public static ExternalParts none() {
        return new ExternalParts(Optional.empty(), Map.of(), Optional.empty(), Optional.empty());
    }

    /** The whole stack, when every part is given. */
    Optional<StackEndpoints> all() {
        if (kafkaBootstrapServers.isEmpty() || registryUrl.isEmpty() || clickHouse.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new StackEndpoints(kafkaBootstrapServers.get(), kafkaProperties, registryUrl.get(), clickHouse.get()));
    }
}
