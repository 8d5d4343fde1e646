package io.tidemark.sink.insert;

import java.util.Map;

/**
 * The ClickHouse to write to.
 *
 * @param url HTTP address, for example http://localhost:8123
 * @param database database that holds the tables
 * @param lz4 whether requests are compressed: worth it over a network, not on one machine
 * @param settings further server settings for every insert, for example insert_quorum
 */
public record Target(
        String url, String user, String password, String database, boolean lz4, Map<String, String> settings) {

    public Target {
        settings = Map.copyOf(settings);
    }

    @Override
    public String toString() {
        return "Target[url=%s, user=%s, database=%s, lz4=%s]".formatted(url, user, database, lz4);
    }
}
