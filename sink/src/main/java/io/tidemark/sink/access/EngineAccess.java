package io.tidemark.sink.access;

import java.util.List;

/**
 * A declaration as a users file, for the embedded engine, which takes users from files only: it lies as {@code
 * users.d/readers.xml} beside the engine's {@code users.xml}.
 */
public final class EngineAccess {

    /** Where the file lies, from the engine's data directory. */
    public static final String FILE = "users.d/readers.xml";

    private static final String PROFILE = "tidemark_reader";

    private EngineAccess() {}

    /** The file. The least that a reader may ask for is 1, because 0 means no limit. */
    public static String usersXml(AccessDeclaration declaration, ReadableTables tables) {
        StringBuilder users = new StringBuilder();
        for (TableReader reader : declaration.readers()) {
            users.append(user(reader, tables));
        }
        ReaderLimits limits = declaration.limits();
        return """
                <!-- Written by Tidemark from its access declaration. -->
                <clickhouse>
                  <profiles>
                    <%1$s>
                      <readonly>2</readonly>
                      <max_memory_usage>%2$d</max_memory_usage>
                      <max_execution_time>%3$d</max_execution_time>
                      <max_result_rows>%4$d</max_result_rows>
                      <constraints>
                        <readonly><readonly/></readonly>
                        <max_memory_usage><min>1</min><max>%2$d</max></max_memory_usage>
                        <max_execution_time><min>1</min><max>%3$d</max></max_execution_time>
                        <max_result_rows><min>1</min><max>%4$d</max></max_result_rows>
                      </constraints>
                    </%1$s>
                  </profiles>
                  <users>
                %5$s  </users>
                </clickhouse>
                """
                .formatted(PROFILE, limits.memoryBytes(), limits.seconds(), limits.rows(), users);
    }

    private static String user(TableReader reader, ReadableTables tables) {
        return """
                    <%1$s>
                      <password_sha256_hex>%2$s</password_sha256_hex>
                      <networks><ip>127.0.0.1</ip></networks>
                      <profile>%3$s</profile>
                      <quota>default</quota>
                      <grants>
                %4$s      </grants>
                %5$s    </%1$s>
                """
                .formatted(
                        reader.name(),
                        reader.passwordSha256(),
                        PROFILE,
                        grants(reader, tables),
                        filters(reader, tables));
    }

    private static String grants(TableReader reader, ReadableTables tables) {
        StringBuilder grants = new StringBuilder();
        List<String> granted = reader.tenant().isEmpty() ? List.of("*") : tables.ofTenants();
        granted.forEach(table ->
                grants.append("        <query>GRANT SELECT ON %s.%s</query>\n".formatted(tables.database(), table)));
        return grants.toString();
    }

    private static String filters(TableReader reader, ReadableTables tables) {
        if (reader.tenant().isEmpty()) {
            return "";
        }
        String filter = escape(ReadableTables.filter(reader.tenant().get()));
        StringBuilder filters = new StringBuilder("      <databases>\n        <%s>\n".formatted(tables.database()));
        tables.ofTenants()
                .forEach(table ->
                        filters.append("          <%1$s><filter>%2$s</filter></%1$s>\n".formatted(table, filter)));
        return filters.append("        </%s>\n      </databases>\n".formatted(tables.database()))
                .toString();
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
