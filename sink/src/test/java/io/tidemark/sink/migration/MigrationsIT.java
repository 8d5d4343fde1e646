package io.tidemark.sink.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.sink.table.StoredTopic;
import io.tidemark.testing.ClickHouseExtension;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MigrationsIT {

    @RegisterExtension
    static final ClickHouseExtension CLICKHOUSE = new ClickHouseExtension();

    private String database;

    @BeforeEach
    void freshDatabase() throws SQLException {
        database = CLICKHOUSE.freshDatabase();
    }

    @Test
    void theSecondTimeDoesNothing() {
        assertThat(apply(Migrations.filesOfThisVersion())).contains("0001-traces.sql");
        assertThat(apply(Migrations.filesOfThisVersion())).isEmpty();
    }

    @Test
    void ofSeveralAtOnceExactlyOneApplies() throws Exception {
        int runners = 4;
        ExecutorService threads = Executors.newFixedThreadPool(runners);
        List<Future<List<String>>> results = new ArrayList<>();
        for (int i = 0; i < runners; i++) {
            results.add(threads.submit(() -> apply(Migrations.filesOfThisVersion())));
        }
        int appliers = 0;
        for (Future<List<String>> result : results) {
            appliers += result.get().isEmpty() ? 0 : 1;
        }
        threads.shutdown();
        assertThat(appliers).isEqualTo(1);
        assertThat(ask("SELECT count() = uniqExact(name) FROM migrations")).isEqualTo("1");
    }

    @Test
    void anAppliedFileMustNotChange() {
        SqlFile first =
                new SqlFile("0001-a.sql", "CREATE TABLE ${DATABASE}.a (x Int8) ENGINE = ${MERGE_TREE} ORDER BY x;\n");
        apply(List.of(first));
        SqlFile changed = new SqlFile(first.name(), first.text().replace("Int8", "Int16"));
        assertThatThrownBy(() -> apply(List.of(changed)))
                .isInstanceOf(MigrationException.class)
                .hasMessageContaining("ddl/0001-a.sql was applied to database '" + database + "' with checksum")
                .hasMessageContaining("An applied file must never change");
    }

    @Test
    void aRepeatableFileIsAppliedAgainWhenItChanged() throws SQLException {
        apply(List.of(new SqlFile("repeatable/a.sql", "CREATE OR REPLACE VIEW ${DATABASE}.a AS SELECT 1 AS x;\n")));
        List<SqlFile> changed =
                List.of(new SqlFile("repeatable/a.sql", "CREATE OR REPLACE VIEW ${DATABASE}.a AS SELECT 2 AS x;\n"));
        assertThat(apply(changed)).containsExactly("repeatable/a.sql");
        assertThat(apply(changed)).isEmpty();
        assertThat(ask("SELECT x FROM a")).isEqualTo("2");
    }

    @Test
    void anotherRetentionIsApplied() throws SQLException {
        apply(Migrations.filesOfThisVersion());
        MigrationSettings longer =
                new MigrationSettings(database, "", new MigrationSettings.Retention(77, 2, 90, 730), "", 7, "");
        List<String> applied =
                Migrations.apply(CLICKHOUSE.jdbcUrl("default"), CLICKHOUSE.user(), CLICKHOUSE.password(), longer);
        assertThat(applied).contains("repeatable/03-retention.sql").doesNotContain("0001-traces.sql");
        assertThat(ask("SELECT create_table_query LIKE '%toIntervalDay(77)%' FROM system.tables WHERE database = '"
                        + database + "' AND name = 'traces_store'"))
                .isEqualTo("1");
    }

    /** Rows of one key lie in one partition: the console asks ClickHouse not to merge partitions with one another. */
    @Test
    void theSortingKeyOfEachTableDecidesThePartition() throws SQLException {
        apply(Migrations.filesOfThisVersion());
        String partitioned = "FROM system.tables WHERE database = '" + database + "' AND partition_key != ''";
        assertThat(Integer.parseInt(ask("SELECT count() " + partitioned))).isGreaterThan(5);
        assertThat(
                        ask(
                                "SELECT arrayStringConcat(groupArray(name), ', ') " + partitioned
                                        + " AND NOT match(sorting_key, '\\\\b' || extract(partition_key, '^\\\\w+\\\\((\\\\w+)\\\\)$') || '\\\\b')"))
                .isEmpty();
    }

    @Test
    void aStatementThatFailsIsNamed() {
        assertThatThrownBy(() -> apply(List.of(new SqlFile("0001-a.sql", "CREATE TABEL ${DATABASE}.a (x Int8);\n"))))
                .hasMessageContaining("ddl/0001-a.sql, statement 'CREATE TABEL");
    }

    @Test
    void tablesHaveExactlyTheColumnsThatAreInserted() throws SQLException {
        apply(Migrations.filesOfThisVersion());
        for (StoredTopic topic : StoredTopic.all()) {
            Map<String, String> expected = new LinkedHashMap<>();
            topic.layout().columns().forEach((name, column) -> expected.put(name, column.type()));
            assertThat(columns(topic.table())).as(topic.table()).containsExactlyInAnyOrderEntriesOf(expected);
        }
    }

    private Map<String, String> columns(String table) throws SQLException {
        Map<String, String> columns = new LinkedHashMap<>();
        try (Connection connection = CLICKHOUSE.connect(database);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT name, type FROM system.columns WHERE database = '"
                        + database + "' AND table = '" + table + "' AND default_kind != 'MATERIALIZED'")) {
            while (result.next()) {
                columns.put(result.getString(1), result.getString(2));
            }
        }
        return columns;
    }

    private String ask(String sql) throws SQLException {
        try (Connection connection = CLICKHOUSE.connect(database);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }

    private List<String> apply(List<SqlFile> files) {
        return Migrations.apply(
                CLICKHOUSE.jdbcUrl("default"),
                CLICKHOUSE.user(),
                CLICKHOUSE.password(),
                MigrationSettings.defaults().inDatabase(database),
                files);
    }
}
