package io.tidemark.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ExtensionsIT {

    @RegisterExtension
    static final KafkaExtension KAFKA = new KafkaExtension();

    @RegisterExtension
    static final KafkaExtension SAME_KAFKA = new KafkaExtension();

    @RegisterExtension
    static final ClickHouseExtension CLICKHOUSE = new ClickHouseExtension();

    @Test
    void aJvmHasOneBroker() {
        assertThat(SAME_KAFKA.bootstrapServers()).isEqualTo(KAFKA.bootstrapServers());
        assertThat(SAME_KAFKA.registryUrl()).isEqualTo(KAFKA.registryUrl());
    }

    @Test
    void topicsNeverHaveTheSameName() throws Exception {
        String first = KAFKA.createTopic("topics", 2);
        String second = KAFKA.createTopic("topics", 1);
        assertThat(first).isNotEqualTo(second);
        try (Admin admin = KAFKA.admin()) {
            assertThat(admin.listTopics().names().get()).contains(first, second);
        }
    }

    @Test
    void databasesAreFreshAndApart() throws Exception {
        String first = CLICKHOUSE.freshDatabase();
        String second = CLICKHOUSE.freshDatabase();
        try (Connection connection = CLICKHOUSE.connect(first);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE facts (a Int32) ENGINE = MergeTree ORDER BY a");
            statement.execute("INSERT INTO facts VALUES (1)");
        }
        try (Connection connection = CLICKHOUSE.connect(second);
                Statement statement = connection.createStatement();
                ResultSet tables = statement.executeQuery("SHOW TABLES")) {
            assertThat(tables.next()).isFalse();
        }
    }
}
