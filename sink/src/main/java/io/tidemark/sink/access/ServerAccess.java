package io.tidemark.sink.access;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A declaration as SQL, for a server that keeps its users in SQL. The statements may be repeated; users, roles and policies of
 * readers who are no longer declared are to be dropped by hand, which the server's own list of them shows.
 */
public final class ServerAccess {

    private static final String PROFILE = "tidemark_reader";

    private ServerAccess() {}

    /** The statements, in the order in which they must run. */
    public static List<String> statements(AccessDeclaration declaration, ReadableTables tables) {
        List<String> statements = new ArrayList<>();
        statements.add(profile(declaration.limits()));
        statements.add("CREATE ROLE IF NOT EXISTS tidemark_analyst");
        statements.add("GRANT SELECT ON %s.* TO tidemark_analyst".formatted(tables.database()));
        for (TableReader reader : declaration.readers()) {
            reader.tenant().ifPresent(tenant -> statements.addAll(tenant(reader, tenant, tables)));
            statements.add(
                    "CREATE USER OR REPLACE `%s` IDENTIFIED WITH sha256_hash BY '%s' DEFAULT ROLE `%s` SETTINGS PROFILE '%s'"
                            .formatted(reader.name(), reader.passwordSha256(), reader.role(), PROFILE));
            statements.add("GRANT `%s` TO `%s`".formatted(reader.role(), reader.name()));
        }
        policyOfOthers(declaration, tables).ifPresent(statements::add);
        return statements;
    }

    private static String profile(ReaderLimits limits) {
        // MIN 1, because 0 means no limit; readonly 2, not 1: drivers and BI tools set harmless settings on their
        // connections
        return ("CREATE SETTINGS PROFILE OR REPLACE %s SETTINGS readonly = 2 READONLY, max_memory_usage = %d MIN 1 MAX %d, "
                        + "max_execution_time = %d MIN 1 MAX %d, max_result_rows = %d MIN 1 MAX %d")
                .formatted(
                        PROFILE,
                        limits.memoryBytes(),
                        limits.memoryBytes(),
                        limits.seconds(),
                        limits.seconds(),
                        limits.rows(),
                        limits.rows());
    }

    private static List<String> tenant(TableReader reader, String tenant, ReadableTables tables) {
        List<String> statements = new ArrayList<>();
        String role = reader.role();
        statements.add("CREATE ROLE IF NOT EXISTS `%s`".formatted(role));
        for (String table : tables.ofTenants()) {
            statements.add("CREATE ROW POLICY OR REPLACE `%s` ON %s.%s FOR SELECT USING %s TO `%s`"
                    .formatted(role, tables.database(), table, ReadableTables.filter(tenant), role));
            statements.add("GRANT SELECT ON %s.%s TO `%s`".formatted(tables.database(), table, role));
        }
        return statements;
    }

    /** A table with a policy shows nothing to those whom no policy names, where the server is set up so. */
    private static java.util.Optional<String> policyOfOthers(AccessDeclaration declaration, ReadableTables tables) {
        String roles = declaration.readers().stream()
                .filter(reader -> reader.tenant().isPresent())
                .map(reader -> "`" + reader.role() + "`")
                .collect(Collectors.joining(", "));
        String all = tables.ofTenants().stream()
                .map(table -> tables.database() + "." + table)
                .collect(Collectors.joining(", "));
        return roles.isEmpty() || all.isEmpty()
                ? java.util.Optional.empty()
                : java.util.Optional.of(
                        "CREATE ROW POLICY OR REPLACE tidemark_others ON %s FOR SELECT USING 1 TO ALL EXCEPT %s"
                                .formatted(all, roles));
    }
}
