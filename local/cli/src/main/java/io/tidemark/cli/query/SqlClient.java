package io.tidemark.cli.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.cli.CommandFailure;
import io.tidemark.cli.stack.ClickHouseAccess;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Asks ClickHouse; any of its output formats comes back as ClickHouse writes it. */
public final class SqlClient {

    private static final Duration CONNECT_DEADLINE = Duration.ofSeconds(10);
    private static final int OK = 200;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT_DEADLINE).build();
    private final ClickHouseAccess access;

    public SqlClient(ClickHouseAccess access) {
        this.access = access;
    }

    /**
     * Runs one statement.
     *
     * @param format format of the answer unless the statement has a FORMAT clause
     * @return the answer, to be closed
     * @throws CommandFailure with ClickHouse's own words when it refuses the statement
     */
    public InputStream ask(String sql, String format) {
        // without waiting for the end, an error after the first rows would come inside the rows
        URI uri = URI.create("%s/?database=%s&default_format=%s&wait_end_of_query=1"
                .formatted(access.httpUrl(), encoded(access.database()), encoded(format)));
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("X-ClickHouse-User", access.user())
                .header("X-ClickHouse-Key", access.password())
                .POST(BodyPublishers.ofString(sql))
                .build();
        HttpResponse<InputStream> response = send(request);
        if (response.statusCode() != OK) {
            throw new CommandFailure("ClickHouse refuses the statement: " + message(response));
        }
        return response.body();
    }

    /** Runs one statement whose answer is a few rows: one JSON object for each. */
    public List<JsonNode> rows(String sql) {
        try (InputStream answer = ask(sql, "JSONEachRow")) {
            List<JsonNode> rows = new ArrayList<>();
            for (String line : new String(answer.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                if (!line.isBlank()) {
                    rows.add(JSON.readTree(line));
                }
            }
            return rows;
        } catch (IOException e) {
            throw new CommandFailure(
                    "the answer of ClickHouse at %s broke off: %s".formatted(access.httpUrl(), e.getMessage()), e);
        }
    }

    private HttpResponse<InputStream> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new CommandFailure("ClickHouse at %s does not answer: %s".formatted(access.httpUrl(), e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted while waiting for ClickHouse", e);
        }
    }

    private static String message(HttpResponse<InputStream> response) {
        try (InputStream body = response.body()) {
            String text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
            return text.replaceFirst(" \\(version [^)]*\\)+\\s*$", "").strip();
        } catch (IOException e) {
            return "HTTP status " + response.statusCode();
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
