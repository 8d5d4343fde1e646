package io.tidemark.sink;

import io.tidemark.platform.config.Configuration;
import io.tidemark.platform.config.ConfigurationException;
import io.tidemark.platform.config.ConfigurationKey;
import io.tidemark.sink.access.AccessDeclaration;
import io.tidemark.sink.access.EngineAccess;
import io.tidemark.sink.access.ReadableTables;
import io.tidemark.sink.access.ServerAccess;
import io.tidemark.sink.migration.MigrationException;
import io.tidemark.sink.migration.MigrationSettings;
import io.tidemark.sink.migration.Migrations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings a database up to date, gives readers their rights, and ends: a step of a roll-out, before the sink is started. */
public final class MigrationProcess {

    private static final Logger LOGGER = LoggerFactory.getLogger(MigrationProcess.class);
    private static final int MISCONFIGURED = 2;
    private static final int FAILED = 1;

    private static final ConfigurationKey<String> CLICKHOUSE =
            ConfigurationKey.text("clickhouse.url", null, "HTTP address of ClickHouse, http://host:8123");
    private static final ConfigurationKey<String> USER =
            ConfigurationKey.text("clickhouse.user", "default", "user that may create tables, users and policies");
    private static final ConfigurationKey<String> PASSWORD =
            ConfigurationKey.text("clickhouse.password", "", "password of the user");
    private static final ConfigurationKey<String> ACCESS_FILE =
            ConfigurationKey.text("access.file", "", "declaration of who may read; empty to leave readers as they are");
    private static final ConfigurationKey<String> ENGINE_DIRECTORY = ConfigurationKey.text(
            "access.engine-directory",
            "",
            "data directory of an embedded engine, which takes its readers from a file there; empty for a server");

    private MigrationProcess() {}

    /** Every key. */
    public static List<ConfigurationKey<?>> keys() {
        List<ConfigurationKey<?>> keys =
                new ArrayList<>(List.of(CLICKHOUSE, USER, PASSWORD, ACCESS_FILE, ENGINE_DIRECTORY));
        keys.addAll(MigrationSettings.keys());
        return List.copyOf(keys);
    }

    /** Migrates once; the exit code is 0 when the database is up to date. */
    public static void main(String[] arguments) {
        try {
            run(Configuration.load(keys(), System.getenv(), List.of(arguments)));
        } catch (ConfigurationException | IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(MISCONFIGURED);
        } catch (MigrationException | SQLException | IOException e) {
            LOGGER.error("the database is not up to date: {}", e.getMessage());
            System.exit(FAILED);
        }
    }

    static void run(Configuration configuration) throws SQLException, IOException {
        String url = "jdbc:clickhouse:" + configuration.get(CLICKHOUSE);
        String user = configuration.get(USER);
        String password = configuration.get(PASSWORD);
        MigrationSettings settings = MigrationSettings.from(configuration);
        Migrations.apply(url, user, password, settings);
        if (!configuration.get(ACCESS_FILE).isEmpty()) {
            AccessDeclaration declaration = AccessDeclaration.read(Path.of(configuration.get(ACCESS_FILE)));
            try (Connection connection = DriverManager.getConnection(url, user, password)) {
                give(declaration, connection, settings.database(), configuration.get(ENGINE_DIRECTORY));
            }
        }
    }

    private static void give(AccessDeclaration declaration, Connection connection, String database, String engine)
            throws SQLException, IOException {
        ReadableTables tables = ReadableTables.of(connection, database);
        if (engine.isEmpty()) {
            for (String statement : ServerAccess.statements(declaration, tables)) {
                try (Statement sql = connection.createStatement()) {
                    sql.execute(statement);
                }
            }
        } else {
            Path file = Path.of(engine).resolve(EngineAccess.FILE);
            Files.createDirectories(file.getParent());
            Files.writeString(file, EngineAccess.usersXml(declaration, tables));
        }
        LOGGER.info(
                "{} readers may read {} tables and views",
                declaration.readers().size(),
                tables.ofTenants().size());
    }
}
