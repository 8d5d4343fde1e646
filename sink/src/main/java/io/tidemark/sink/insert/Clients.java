package io.tidemark.sink.insert;

import com.clickhouse.client.api.Client;
import java.time.temporal.ChronoUnit;

/** Clients of the driver, set up alike for every path. */
final class Clients {

    private static final int CONNECT_SECONDS = 5;
    private static final int SOCKET_SECONDS = 300;

    private Clients() {}

    static Client of(Target target) {
        return new Client.Builder()
                .addEndpoint(target.url())
                .setUsername(target.user())
                .setPassword(target.password())
                .setDefaultDatabase(target.database())
                .compressClientRequest(target.lz4())
                .setMaxRetries(0)
                .setConnectTimeout(CONNECT_SECONDS, ChronoUnit.SECONDS)
                .setSocketTimeout(SOCKET_SECONDS, ChronoUnit.SECONDS)
                .build();
    }

    static InsertException failure(String table, Throwable cause) {
        return new InsertException("insert into %s failed: %s".formatted(table, cause.getMessage()), cause);
    }
}
