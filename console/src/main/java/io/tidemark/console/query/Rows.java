package io.tidemark.console.query;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What ClickHouse answered.
 *
 * @param rows one object for each row, by column
 * @param columns name and type of each column
 * @param sql the statement as an analyst would paste it
 */
public record Rows(JsonNode rows, JsonNode columns, String sql) {

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /** The first row. */
    public JsonNode first() {
        return rows.get(0);
    }
}
