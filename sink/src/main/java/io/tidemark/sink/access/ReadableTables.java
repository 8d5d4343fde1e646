package io.tidemark.sink.access;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The tables and views of a database of which a tenant may see its own rows: those that say whose each row is. A tenant gets
 * nothing of the others, so a new table is closed until it names its tenant.
 *
 * @param database the database
 * @param ofTenants names of tables and views with a column {@code tenant}
 */
public record ReadableTables(String database, List<String> ofTenants) {

    public ReadableTables {
        ofTenants = List.copyOf(ofTenants);
    }

    /** Asks the database. */
    public static ReadableTables of(Connection connection, String database) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT table FROM system.columns WHERE database = '%s' AND name = 'tenant' ORDER BY table"
                                .formatted(database))) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        return new ReadableTables(database, tables);
    }

    /** The condition of one tenant's rows. */
    static String filter(String tenant) {
        return "tenant = '%s'".formatted(tenant.replace("\\", "\\\\").replace("'", "\\'"));
    }
}
