package io.tidemark.deploy.observability;

import io.tidemark.sink.migration.MigrationSettings;
import io.tidemark.sink.migration.Migrations;
import io.tidemark.testing.ClickHouseExtension;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** One empty database of this version for all tests of a JVM. */
final class MigratedDatabase {

    private static String name;

    private MigratedDatabase() {}

    static synchronized String name(ClickHouseExtension clickHouse) throws SQLException {
        if (name == null) {
            name = clickHouse.freshDatabase();
            Migrations.apply(
                    clickHouse.jdbcUrl("default"),
                    clickHouse.user(),
                    clickHouse.password(),
                    MigrationSettings.defaults().inDatabase(name));
        }
        return name;
    }

    static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
