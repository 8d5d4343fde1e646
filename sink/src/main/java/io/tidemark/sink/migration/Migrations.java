package io.tidemark.sink.migration;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings a database up to date. */
public final class Migrations {

    private static final Logger LOGGER = LoggerFactory.getLogger(Migrations.class);

    private final Database database;
    private final MigrationSettings settings;
    private final List<SqlFile> files;

    Migrations(Database database, MigrationSettings settings, List<SqlFile> files) {
        this.database = database;
        this.settings = settings;
        this.files = files;
    }

    /**
     * Creates or updates everything that Tidemark keeps in ClickHouse. Does nothing where it is up to date; several may
     * call it at once.
     *
     * @return names of the files that were applied
     * @throws MigrationException when the database was made by other definitions under the same names, or does not answer
     */
    public static List<String> apply(String jdbcUrl, String user, String password, MigrationSettings settings) {
        return apply(jdbcUrl, user, password, settings, filesOfThisVersion());
    }

    static List<String> apply(
            String jdbcUrl, String user, String password, MigrationSettings settings, List<SqlFile> files) {
        try (Database database = Database.open(jdbcUrl, user, password)) {
            return new Migrations(database, settings, files).run();
        } catch (SQLException e) {
            throw new MigrationException(
                    "ClickHouse at %s refused a migration: %s".formatted(jdbcUrl, e.getMessage()), e);
        }
    }

    /** Numbered files first, then measure columns, then what may be repeated. */
    static List<SqlFile> filesOfThisVersion() {
        List<SqlFile> files = new ArrayList<>();
        SqlFile.all().stream().filter(file -> !file.isRepeatable()).forEach(files::add);
        files.add(MeasureDdl.file());
        SqlFile.all().stream().filter(SqlFile::isRepeatable).forEach(files::add);
        return List.copyOf(files);
    }

    private List<String> run() throws SQLException {
        prepare();
        try (MigrationLock lock = MigrationLock.acquire(database, table("migration_claims"))) {
            Map<String, String> applied = applied();
            refuseChanged(applied);
            List<String> done = new ArrayList<>();
            for (SqlFile file : files) {
                String fingerprint = fingerprint(file);
                // after any other change a view may have to take up new columns
                boolean repeat = file.isRepeatable() && !done.isEmpty();
                if (repeat || !fingerprint.equals(applied.get(file.name()))) {
                    lock.renew();
                    apply(file);
                    record(file, fingerprint);
                    done.add(file.name());
                }
            }
            LOGGER.info("database {} is up to date, {} files applied", settings.database(), done.size());
            return List.copyOf(done);
        }
    }

    private void prepare() throws SQLException {
        SqlFile bookkeeping = new SqlFile(
                "bookkeeping",
                """
                CREATE DATABASE IF NOT EXISTS ${DATABASE} ${ON_CLUSTER};
                CREATE TABLE IF NOT EXISTS ${DATABASE}.migrations ${ON_CLUSTER}
                (
                    name String,
                    checksum String,
                    applied_at DateTime64(6, 'UTC') DEFAULT now64(6)
                )
                ENGINE = ${MERGE_TREE} ORDER BY (name, applied_at);
                CREATE TABLE IF NOT EXISTS ${DATABASE}.migration_claims ${ON_CLUSTER}
                (
                    owner String,
                    released UInt8,
                    written_at DateTime64(6, 'UTC') DEFAULT now64(6)
                )
                ENGINE = ${MERGE_TREE} ORDER BY (owner, written_at)
                TTL toDateTime(written_at) + INTERVAL 1 DAY;
                """);
        apply(bookkeeping);
    }

    private void refuseChanged(Map<String, String> applied) {
        for (SqlFile file : files) {
            String before = applied.get(file.name());
            if (!file.isRepeatable() && before != null && !before.equals(file.checksum())) {
                throw new MigrationException(
                        ("ddl/%s was applied to database '%s' with checksum %.12s, but this version has %.12s. "
                                        + "An applied file must never change: restore it and add a new numbered file")
                                .formatted(file.name(), settings.database(), before, file.checksum()));
            }
        }
    }

    private void apply(SqlFile file) throws SQLException {
        for (String statement : file.statements(settings.placeholders())) {
            try {
                database.execute(statement);
            } catch (SQLException e) {
                String firstLine = statement.lines().findFirst().orElse("");
                throw new SQLException(
                        "ddl/%s, statement '%s ...': %s".formatted(file.name(), firstLine, e.getMessage()), e);
            }
        }
    }

    /** A repeatable file is applied again when a setting that it uses changed as well. */
    private String fingerprint(SqlFile file) {
        return file.isRepeatable()
                ? SqlFile.checksum(String.join(";\n", file.statements(settings.placeholders())))
                : file.checksum();
    }

    private Map<String, String> applied() throws SQLException {
        Map<String, String> applied = new HashMap<>();
        for (List<String> row : database.rows(
                "SELECT name, argMax(checksum, applied_at) FROM %s GROUP BY name".formatted(table("migrations")))) {
            applied.put(row.get(0), row.get(1));
        }
        return applied;
    }

    private void record(SqlFile file, String fingerprint) throws SQLException {
        database.insert(
                "INSERT INTO %s (name, checksum) VALUES (?, ?)".formatted(table("migrations")),
                file.name(),
                fingerprint);
    }

    private String table(String name) {
        return settings.database() + "." + name;
    }
}
