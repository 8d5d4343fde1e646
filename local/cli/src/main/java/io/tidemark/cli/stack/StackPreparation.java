package io.tidemark.cli.stack;

import io.tidemark.sink.migration.MigrationSettings;
import io.tidemark.sink.migration.Migrations;
import io.tidemark.stack.Topics;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;

/** What must exist before data flows: topics and tables. */
public final class StackPreparation {

    /** Enough for the cores of one machine; a cluster's topics are made with those of the catalogue. */
    private static final int MOST_PARTITIONS_EMBEDDED = 4;

    private StackPreparation() {}

    /**
     * Creates the topics of a run that do not exist yet.
     *
     * @param run name of the run, empty for live traffic
     * @return names of the topics
     */
    public static List<String> createTopics(StackEndpoints endpoints, String run) {
        try (Admin admin = Admin.create(endpoints.kafka().client())) {
            return Topics.create(admin, run, MOST_PARTITIONS_EMBEDDED);
        }
    }

    static void applyMigrations(StackEndpoints endpoints) {
        ClickHouseAccess clickHouse = endpoints.clickHouse();
        MigrationSettings settings = MigrationSettings.defaults().inDatabase(clickHouse.database());
        Migrations.apply(clickHouse.jdbcUrl(), clickHouse.user(), clickHouse.password(), settings);
    }
}
