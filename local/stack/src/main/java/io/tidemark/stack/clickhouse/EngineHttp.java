package io.tidemark.stack.clickhouse;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The few statements that the stack itself sends to an engine.
 *
 * @param port loopback port of HTTP
 * @param password password of {@link Credentials#WRITER}
 */
public record EngineHttp(int port, String password) {

    private static final int TIMEOUT_MILLIS = 5_000;

    /** Answer of a statement; empty when nobody answers, or answers with an error. */
    public Optional<String> ask(String statement) {
        try {
            HttpURLConnection connection = (HttpURLConnection)
                    URI.create("http://127.0.0.1:" + port + "/").toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            connection.setRequestProperty("X-ClickHouse-User", Credentials.WRITER);
            connection.setRequestProperty("X-ClickHouse-Key", password);
            // a connection that is kept for later holds up the engine's stop for seconds
            connection.setRequestProperty("Connection", "close");
            connection.setDoOutput(true);
            connection.getOutputStream().write(statement.getBytes(StandardCharsets.UTF_8));
            try (InputStream answer = connection.getInputStream()) {
                return Optional.of(new String(answer.readAllBytes(), StandardCharsets.UTF_8).strip());
            }
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
