package io.tidemark.cli.replay;

import io.tidemark.cli.query.SqlClient;
import io.tidemark.cli.stack.ClickHouseAccess;

/**
 * Asks how many traces of a file are stored.
 *
 * @param clickHouse where
 */
record StoredTraces(ClickHouseAccess clickHouse) {

    long ofSource(String source) {
        String sql = "SELECT count() AS stored FROM traces WHERE attributes['%s'] = '%s'"
                .formatted(ReplayRun.SOURCE_ATTRIBUTE, source);
        return new SqlClient(clickHouse).rows(sql).get(0).path("stored").asLong();
    }
}
