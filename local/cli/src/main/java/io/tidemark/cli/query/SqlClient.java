package io.tidemark.cli.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.cli.CommandFailure;
import io.tidemark.cli.stack.ClickHouseAccess;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** Asks ClickHouse; any of its output formats comes back as ClickHouse writes it. */
public final class SqlClient {

    private static final Timeout CONNECT_DEADLINE = Timeout.ofSeconds(10);
    private static final int OK = 200;
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * A server closes connections that nobody uses for some seconds; one that was idle is tried before a statement, which may not be
     * sent twice, is written to it.
     */
    private static final TimeValue TRIED_AFTER = TimeValue.ofSeconds(1);

    private final CloseableHttpClient http = HttpClients.custom()
            .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                    .setDefaultConnectionConfig(ConnectionConfig.custom()
                            .setConnectTimeout(CONNECT_DEADLINE)
                            .setValidateAfterInactivity(TRIED_AFTER)
                            .build())
                    .build())
            .setDefaultRequestConfig(
                    RequestConfig.custom().setResponseTimeout(Timeout.DISABLED).build())
            .disableAutomaticRetries()
            .disableContentCompression()
            .build();
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
        HttpPost request = new HttpPost(uri);
        request.setHeader("X-ClickHouse-User", access.user());
        request.setHeader("X-ClickHouse-Key", access.password());
        request.setEntity(new StringEntity(sql, StandardCharsets.UTF_8));
        ClassicHttpResponse response = send(request);
        if (response.getCode() != OK) {
            throw new CommandFailure("ClickHouse refuses the statement: " + message(response));
        }
        return body(response);
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

    private ClassicHttpResponse send(HttpPost request) {
        try {
            return http.executeOpen(null, request, null);
        } catch (IOException e) {
            throw new CommandFailure("ClickHouse at %s does not answer: %s".formatted(access.httpUrl(), e), e);
        }
    }

    private static InputStream body(ClassicHttpResponse response) {
        try {
            return response.getEntity() == null
                    ? InputStream.nullInputStream()
                    : response.getEntity().getContent();
        } catch (IOException e) {
            throw new CommandFailure("the answer of ClickHouse cannot be read: " + e.getMessage(), e);
        }
    }

    private static String message(ClassicHttpResponse response) {
        try (InputStream body = body(response)) {
            String text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
            return text.replaceFirst(" \\(version [^)]*\\)+\\s*$", "").strip();
        } catch (IOException e) {
            return "HTTP status " + response.getCode();
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
