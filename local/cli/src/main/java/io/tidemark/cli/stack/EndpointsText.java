package io.tidemark.cli.stack;

import java.util.List;

/** What a person needs to connect to a stack. */
final class EndpointsText {

    private EndpointsText() {}

    static List<String> lines(StackEndpoints endpoints) {
        ClickHouseAccess clickHouse = endpoints.clickHouse();
        return List.of(
                "Kafka            " + endpoints.kafkaBootstrapServers(),
                "schema registry  " + endpoints.registryUrl(),
                "ClickHouse HTTP  " + clickHouse.httpUrl(),
                "JDBC URL         " + clickHouse.jdbcUrl(),
                "read-only user   %s, password %s (for BI tools)"
                        .formatted(clickHouse.analystUser(), clickHouse.analystPassword()),
                "try              ./tidemark query \"SELECT * FROM tidemark.version_health\"");
    }
}
