package io.tidemark.console.query;

import java.time.Duration;

/**
 * The ClickHouse that is asked.
 *
 * @param url HTTP address
 * @param user user that may read, and may set limits of its own statements (readonly = 2)
 * @param timeout longest time of a statement, in whole seconds
 * @param memoryBytes most memory of a statement
 */
public record ClickHouseSettings(
        String url, String user, String password, String database, Duration timeout, long memoryBytes) {

    @Override
    public String toString() {
        return "ClickHouseSettings[url=%s, user=%s, database=%s]".formatted(url, user, database);
    }
}
