package io.tidemark.sink.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessDeclarationTest {

    private static final String HASH = "ab".repeat(32);
    private static final ReadableTables TABLES = new ReadableTables("tidemark", List.of("traces", "traces_store"));

    @Test
    void aFileSaysWhoMayReadWhat() {
        AccessDeclaration read = AccessDeclaration.of(properties(
                "reader.b", HASH + " tenant the acme co", "reader.a", HASH + " analyst", "limit.seconds", "9"));

        assertThat(read.readers())
                .containsExactly(
                        new TableReader("a", HASH, Optional.empty()),
                        new TableReader("b", HASH, Optional.of("the acme co")));
        assertThat(read.limits()).isEqualTo(new ReaderLimits(805_306_368, 9, 10_000_000));
    }

    @ParameterizedTest
    @CsvSource({
        "reader.a, secret analyst, reader 'a' needs the SHA-256",
        "reader.a b, HASH analyst, reader 'a b' must be letters",
        "reader.a, HASH boss, reader.a must be",
        "limit.seconds, soon, limit.seconds = 'soon' must be a whole number",
        "limit.memory-bytes, 0, limits must be at least 1",
        "limit.cores, 3, limit.cores is none of",
        "writer.a, HASH analyst, 'writer.a' is neither"
    })
    void aMistakeIsNamed(String name, String value, String message) {
        assertThatThrownBy(() -> AccessDeclaration.of(properties(name, value.replace("HASH", HASH))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void bothSpellingsGiveATenantTheSameTablesAndTheSameCondition() {
        AccessDeclaration declaration =
                new AccessDeclaration(List.of(new TableReader("t", HASH, Optional.of("o'neil"))), ReaderLimits.USUAL);
        String xml = EngineAccess.usersXml(declaration, TABLES);
        String sql = String.join("\n", ServerAccess.statements(declaration, TABLES));

        for (String table : TABLES.ofTenants()) {
            assertThat(xml)
                    .contains("<query>GRANT SELECT ON tidemark.%s</query>".formatted(table))
                    .contains("<%1$s><filter>tenant = 'o\\'neil'</filter></%1$s>".formatted(table));
            assertThat(sql)
                    .contains("GRANT SELECT ON tidemark.%s TO `tidemark_tenant_t`".formatted(table))
                    .contains("ON tidemark.%s FOR SELECT USING tenant = 'o\\'neil' TO `tidemark_tenant_t`"
                            .formatted(table));
        }
        assertThat(sql).contains("FOR SELECT USING 1 TO ALL EXCEPT `tidemark_tenant_t`");
    }

    private static Properties properties(String... pairs) {
        Properties properties = new Properties();
        for (int i = 0; i < pairs.length; i += 2) {
            properties.setProperty(pairs[i], pairs[i + 1]);
        }
        return properties;
    }
}
