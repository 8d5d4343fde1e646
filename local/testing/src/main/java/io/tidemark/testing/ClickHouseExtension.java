package io.tidemark.testing;

import io.tidemark.stack.EmbeddedClickHouse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Gives a test class a real ClickHouse: one embedded engine for all test classes of a JVM, or the server named by the system
 * properties {@code clickhouse.url} (its HTTP address), {@code clickhouse.user} and {@code clickhouse.password}.
 *
 * <p>Use it as {@code @RegisterExtension static final ClickHouseExtension CLICKHOUSE = new ClickHouseExtension();}. Classes stay
 * apart by asking for a {@link #freshDatabase}.
 */
public final class ClickHouseExtension implements BeforeAllCallback {

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private SharedClickHouse shared;

    @Override
    public void beforeAll(ExtensionContext context) {
        shared = context.getRoot()
                .getStore(ExtensionContext.Namespace.create(ClickHouseExtension.class))
                .getOrComputeIfAbsent("clickhouse", key -> SharedClickHouse.start(), SharedClickHouse.class);
    }

    /** Address of the HTTP interface. */
    public String httpUrl() {
        return shared.httpUrl();
    }

    /** JDBC URL of the database {@code tidemark}, which all classes share. */
    public String jdbcUrl() {
        return jdbcUrl(EmbeddedClickHouse.DATABASE);
    }

    /** JDBC URL of a database. */
    public String jdbcUrl(String database) {
        return "jdbc:clickhouse:%s/%s".formatted(shared.httpUrl(), database);
    }

    /** User that may write. */
    public String user() {
        return shared.user();
    }

    public String password() {
        return shared.password();
    }

    /** Creates an empty database and returns its name. */
    public String freshDatabase() throws SQLException {
        String name = "test_%d_%d".formatted(ProcessHandle.current().pid(), DATABASES.incrementAndGet());
        try (Connection connection = connect("default");
                Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS " + name);
            statement.execute("CREATE DATABASE " + name);
        }
        return name;
    }

    /** A connection of the writing user. */
    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(jdbcUrl(database), user(), password());
    }
}
