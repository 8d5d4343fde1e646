package io.tidemark.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.cli.CommandFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClickHouseAccessTest {

    @ParameterizedTest
    @CsvSource({
        "jdbc:clickhouse:http://db:8123/other, http://db:8123, other",
        "jdbc:ch:https://db:8443/tidemark, https://db:8443, tidemark",
        "jdbc:clickhouse://db:8123, http://db:8123, tidemark",
        "http://db:8123/x, http://db:8123, x"
    })
    void theHttpInterfaceAndTheDatabaseAreInTheJdbcUrl(String url, String http, String database) {
        ClickHouseAccess access = ClickHouseAccess.external(url, "u", "p");
        assertThat(access.httpUrl()).hasToString(http);
        assertThat(access.database()).isEqualTo(database);
    }

    @Test
    void whatIsNoUrlIsNamed() {
        assertThatThrownBy(() -> ClickHouseAccess.external("nonsense", "u", "p").httpUrl())
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("is not a ClickHouse URL; example:");
    }
}
