package io.tidemark.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedClickHouseIT {

    private static final int ROWS_OF_A_BATCH = 5_000;
    private static final int BATCHES_BEFORE_THE_KILL = 20;

    @TempDir
    private static Path directory;

    private static EmbeddedClickHouse engine;

    @BeforeAll
    static void start() {
        engine = EmbeddedClickHouse.start(directory, 0);
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    @Test
    void itIsThePinnedEngineAndHasTheDatabase() throws SQLException {
        assertThat(ask("SELECT version()")).startsWith("26.7.");
        assertThat(ask("SELECT currentDatabase()")).isEqualTo("tidemark");
        assertThat(ask("SELECT timezone()")).isEqualTo("UTC");
    }

    @Test
    void theAnalystReadsTheDatabaseAndNothingElse() throws SQLException {
        run("CREATE TABLE public_facts (a Int32) ENGINE = MergeTree ORDER BY a");
        run("INSERT INTO public_facts VALUES (7)");
        assertThat(askAsAnalyst("SELECT sum(a) FROM public_facts")).isEqualTo("7");
        assertThatThrownBy(() -> askAsAnalyst("INSERT INTO public_facts VALUES (8)"))
                .hasMessageContaining("Not enough privileges");
        assertThatThrownBy(() -> askAsAnalyst("SELECT * FROM file('/etc/hostname', 'LineAsString')"))
                .hasMessageContaining("Not enough privileges");
        assertThatThrownBy(
                        () -> askAsAnalyst("SELECT count() FROM numbers(1) SETTINGS max_memory_usage = 100000000000"))
                .hasMessageContaining("max_memory_usage");
    }

    @Test
    void thereIsNoWayInWithoutAPassword() throws SQLException {
        run("CREATE TABLE secrets (a Int32) ENGINE = MergeTree ORDER BY a");
        assertThatThrownBy(() -> ask("SELECT 1", engine.user(), "wrong")).hasMessageContaining("Authentication failed");
        assertThatThrownBy(() -> ask("SELECT * FROM secrets", "default", ""))
                .hasMessageContaining("Not enough privileges");
    }

    @Test
    void thePasswordsAreReadableByTheOwnerOnly() throws Exception {
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(directory.resolve("credentials.properties"))))
                .isEqualTo("rw-------");
    }

    @Test
    void anInsertWithTheSameTokenCountsOnce() throws SQLException {
        run(
                "CREATE TABLE tokens (a Int32) ENGINE = MergeTree ORDER BY a SETTINGS non_replicated_deduplication_window = 100");
        run("INSERT INTO tokens SETTINGS insert_deduplication_token = 'one' VALUES (1), (2)");
        run("INSERT INTO tokens SETTINGS insert_deduplication_token = 'one' VALUES (1), (2)");
        run("INSERT INTO tokens SETTINGS insert_deduplication_token = 'two' VALUES (1), (2)");
        assertThat(ask("SELECT count() FROM tokens")).isEqualTo("4");
    }

    @Test
    void aDataDirectoryThatIsInUseIsRefused() throws IOException {
        String configuration = Files.readString(directory.resolve("config.xml"));
        assertThatThrownBy(() -> EmbeddedClickHouse.start(directory, 0))
                .isInstanceOf(StackException.class)
                .hasMessageContaining(
                        "The ClickHouse data directory %s is open in another process".formatted(directory));
        assertThat(engine.isAlive()).isTrue();
        assertThat(directory.resolve("config.xml")).hasContent(configuration);
    }

    @Test
    void acknowledgedRowsSurviveAKillInTheMiddleOfInserts(@TempDir Path own) throws Exception {
        try (EmbeddedClickHouse victim = EmbeddedClickHouse.start(own, 0)) {
            AtomicInteger acknowledged = new AtomicInteger();
            CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> insertUntilItFails(victim, acknowledged));
            Awaitility.await()
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> writer.isDone() || acknowledged.get() >= BATCHES_BEFORE_THE_KILL);
            victim.kill();
            assertThatThrownBy(writer::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasRootCauseInstanceOf(Exception.class);
            victim.restart();
            try (Connection connection = connect(victim)) {
                int present = Integer.parseInt(ask(connection, "SELECT countDistinct(batch) FROM killed"));
                assertThat(present).isBetween(acknowledged.get(), acknowledged.get() + 1);
                assertThat(ask(connection, "SELECT count() FROM killed"))
                        .isEqualTo(Integer.toString(present * ROWS_OF_A_BATCH));
                assertThat(ask(connection, "CHECK TABLE killed SETTINGS check_query_single_value_result = 1"))
                        .isEqualTo("1");
            }
        }
    }

    private static void insertUntilItFails(EmbeddedClickHouse victim, AtomicInteger acknowledged) {
        try (Connection connection = connect(victim);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE killed (batch Int32, a UInt64) ENGINE = MergeTree ORDER BY a");
            while (true) {
                statement.execute("INSERT INTO killed SELECT %d, number FROM numbers(%d)"
                        .formatted(acknowledged.get(), ROWS_OF_A_BATCH));
                acknowledged.incrementAndGet();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The engine is gone", e);
        }
    }

    private static Connection connect(EmbeddedClickHouse server) throws SQLException {
        return DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
    }

    private static void run(String statement) throws SQLException {
        try (Connection connection = connect(engine);
                Statement jdbc = connection.createStatement()) {
            jdbc.execute(statement);
        }
    }

    private static String ask(String query) throws SQLException {
        return ask(query, engine.user(), engine.password());
    }

    private static String askAsAnalyst(String query) throws SQLException {
        return ask(query, engine.analystUser(), engine.analystPassword());
    }

    private static String ask(String query, String user, String password) throws SQLException {
        try (Connection connection = DriverManager.getConnection(engine.jdbcUrl(), user, password)) {
            return ask(connection, query);
        }
    }

    private static String ask(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            assertThat(result.next()).isTrue();
            return result.getString(1);
        }
    }
}
