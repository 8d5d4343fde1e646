package io.tidemark.deploy.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.deploy.manifest.RenderedOverlays;
import io.tidemark.testing.ClickHouseExtension;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every query of every dashboard runs on this version's tables and views. */
class DashboardsIT {

    @RegisterExtension
    static final ClickHouseExtension CLICKHOUSE = new ClickHouseExtension();

    @Test
    void everyQueryRuns() throws Exception {
        List<String> queries = queries();
        assertThat(queries).hasSizeGreaterThan(20);
        try (Connection connection = CLICKHOUSE.connect(MigratedDatabase.name(CLICKHOUSE))) {
            for (String query : queries) {
                assertThatCode(() -> run(connection, query)).as(query).doesNotThrowAnyException();
            }
            assertThatThrownBy(() -> run(connection, queries.get(0).replace("version_health", "version_helth")))
                    .isInstanceOf(SQLException.class);
        }
    }

    private static void run(Connection connection, String query) throws SQLException {
        MigratedDatabase.run(connection, Macros.replace(query));
    }

    private static List<String> queries() throws IOException {
        List<String> queries = new ArrayList<>();
        JsonNode files =
                RenderedOverlays.of("prod").find("ConfigMap", "dashboards").path("data");
        assertThat(files).isNotEmpty();
        for (JsonNode file : files) {
            JsonNode dashboard = new ObjectMapper().readTree(file.asText());
            dashboard.findValues("rawSql").forEach(sql -> queries.add(sql.asText()));
            dashboard.at("/templating/list").findValues("query").forEach(sql -> queries.add(sql.asText()));
        }
        return queries;
    }
}
