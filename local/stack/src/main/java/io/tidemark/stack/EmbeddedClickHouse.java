package io.tidemark.stack;

import io.tidemark.stack.clickhouse.ClickHouseProcess;
import io.tidemark.stack.clickhouse.Credentials;
import io.tidemark.stack.clickhouse.DataLock;
import io.tidemark.stack.clickhouse.EngineFiles;
import io.tidemark.stack.clickhouse.EngineHttp;
import io.tidemark.stack.clickhouse.EngineLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The ClickHouse 26.7 engine via libchdb in clickhouse-local mode, as a child process on the loopback interface; for development,
 * tests and demos. Production is a ClickHouse server behind the same JDBC URL.
 *
 * <p>The database {@code tidemark} exists once the engine has started. Data survives {@link #kill} and a new start.
 */
public final class EmbeddedClickHouse extends EmbeddedServer {

    /** The database of the platform. */
    public static final String DATABASE = "tidemark";

    private static final String NAME = "ClickHouse engine";
    private static final Duration START_DEADLINE = Duration.ofSeconds(90);
    private static final Duration STOP_DEADLINE = Duration.ofSeconds(20);

    private final Path dataDirectory;
    private final Path library;
    private Credentials credentials;
    private String instance;

    private EmbeddedClickHouse(Path dataDirectory, int port, Path library) {
        super(NAME, port, STOP_DEADLINE);
        this.dataDirectory = dataDirectory;
        this.library = library;
    }

    /**
     * Starts an engine and waits until it answers.
     *
     * @param dataDirectory folder for its data, configuration, passwords and log; created when missing, used again when not
     * @param port loopback port of HTTP, 0 for a free one
     * @throws StackException when the library is missing, the port or the folder is in use, or the engine does not start
     */
    public static EmbeddedClickHouse start(Path dataDirectory, int port) {
        Path library = EngineLibrary.find();
        EmbeddedClickHouse engine = new EmbeddedClickHouse(dataDirectory.toAbsolutePath(), port, library);
        engine.launch();
        return engine;
    }

    /** JDBC URL of the database {@code tidemark}, without credentials. */
    public String jdbcUrl() {
        return jdbcUrl(DATABASE);
    }

    /** JDBC URL of a database, without credentials. */
    public String jdbcUrl(String database) {
        return "jdbc:clickhouse:http://127.0.0.1:%d/%s".formatted(port(), database);
    }

    /** Address of ClickHouse's HTTP interface. */
    public String httpUrl() {
        return "http://127.0.0.1:" + port();
    }

    /** User that may write. */
    public String user() {
        return Credentials.WRITER;
    }

    public String password() {
        return credentials.password();
    }

    /** User that may only read the database {@code tidemark}. */
    public String analystUser() {
        return Credentials.ANALYST;
    }

    public String analystPassword() {
        return credentials.analystPassword();
    }

    @Override
    void awaitReady(ChildProcess started) {
        EngineHttp http = new EngineHttp(port(), credentials.password());
        try {
            started.awaitReady(() -> isThisChild(http), START_DEADLINE);
        } catch (StackException e) {
            throw e.getMessage().contains(ClickHouseProcess.IN_USE)
                    ? StackException.dataInUse("ClickHouse", dataDirectory, e)
                    : e;
        }
        if (http.ask("CREATE DATABASE IF NOT EXISTS " + DATABASE).isEmpty()) {
            started.kill();
            throw new StackException("The ClickHouse engine answers but cannot create the database %s; its log is %s."
                    .formatted(DATABASE, started.logFile()));
        }
    }

    @Override
    ChildProcess spawn() {
        instance = UUID.randomUUID().toString();
        try {
            Files.createDirectories(dataDirectory);
            if (DataLock.isHeld(dataDirectory)) {
                throw StackException.dataInUse("ClickHouse", dataDirectory, null);
            }
            credentials = Credentials.of(dataDirectory);
            Path configuration = EngineFiles.write(dataDirectory, port(), instance, credentials);
            return ChildProcess.start(new ChildProcess.Specification(
                    NAME,
                    ClickHouseProcess.class,
                    ChildFlags.engine(),
                    List.of(
                            library.toString(),
                            configuration.toString(),
                            dataDirectory.resolve("prompt.history").toString(),
                            dataDirectory.resolve(DataLock.FILE).toString()),
                    // the engine takes its time zone from here only
                    Map.of("TZ", "UTC"),
                    dataDirectory.resolve("clickhouse.log")));
        } catch (IOException e) {
            throw new StackException(
                    "The ClickHouse engine cannot write to its data directory %s: %s"
                            .formatted(dataDirectory, e.getMessage()),
                    e);
        }
    }

    /** A port that was taken in the meantime is only a line in the engine's log: some other server would answer here. */
    private boolean isThisChild(EngineHttp http) {
        return http.ask("SELECT getMacro('tidemark_instance')").equals(Optional.of(instance));
    }
}
