package io.tidemark.sink.insert;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Properties;

/** A batch of a prepared statement, as a plain JDBC program writes it. */
public final class JdbcPath implements RowPath {

    private final Connection connection;
    private final Target target;

    /** @param rowBinary whether the driver may send the batch in binary: a beta feature of its version 0.11 */
    public JdbcPath(Target target, boolean rowBinary) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", target.user());
        properties.setProperty("password", target.password());
        properties.setProperty("beta.row_binary_for_simple_insert", Boolean.toString(rowBinary));
        properties.setProperty("decompress", Boolean.toString(target.lz4()));
        InsertOptions.ofEveryInsert(target)
                .forEach((name, value) -> properties.setProperty("clickhouse_setting_" + name, value));
        this.target = target;
        this.connection =
                DriverManager.getConnection("jdbc:clickhouse:" + target.url() + "/" + target.database(), properties);
    }

    /** The driver has no place for a token on a prepared statement that it sends in binary; none is sent. */
    @Override
    public void insert(String table, RowValues values, String token) {
        List<String> names = values.names();
        String sql = "INSERT INTO %s.%s (%s) VALUES (%s)"
                .formatted(
                        target.database(),
                        table,
                        String.join(", ", names),
                        String.join(", ", Collections.nCopies(names.size(), "?")));
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (Object[] row : values.rows()) {
                for (int i = 0; i < row.length; i++) {
                    statement.setObject(i + 1, row[i]);
                }
                statement.addBatch();
            }
            statement.executeBatch();
        } catch (SQLException e) {
            throw Clients.failure(table, e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw Clients.failure("(closing)", e);
        }
    }
}
