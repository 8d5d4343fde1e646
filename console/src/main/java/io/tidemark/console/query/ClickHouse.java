package io.tidemark.console.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.tidemark.console.http.RefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks ClickHouse the fixed statements over its HTTP interface, each within its time and memory. */
public final class ClickHouse {

    private static final Logger LOGGER = LoggerFactory.getLogger(ClickHouse.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration CONNECT_DEADLINE = Duration.ofSeconds(3);
    private static final Duration ANSWER_MARGIN = Duration.ofSeconds(2);
    private static final int OK = 200;
    private static final int TOO_MUCH = 422;
    private static final int MOST_ROWS = 20_000;
    /** Of an answer; its rows take some times as much in memory. */
    private static final int MOST_BYTES = 16 << 20;

    /** Too slow, estimated too slow, too many rows or bytes, memory. */
    private static final Set<String> LIMITS = Set.of("158", "159", "160", "241", "307", "396");

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT_DEADLINE).build();
    private final ClickHouseSettings settings;
    private final MeterRegistry meters;
    private final Clock clock;

    public ClickHouse(ClickHouseSettings settings, MeterRegistry meters, Clock clock) {
        this.settings = settings;
        this.meters = meters;
        this.clock = clock;
    }

    /**
     * Asks a statement.
     *
     * @param tenant tenant that the token opens, or the empty text for all
     * @param given values of parameters, by name
     * @throws RefusedException 400 when a value must not be, 422 when the answer would take too long or too much memory, 503 when ClickHouse
     *     does not answer
     */
    public Rows ask(Statement statement, String tenant, Map<String, String> given) {
        return ask(statement.fill(tenant, given, clock));
    }

    /** Asks a statement that is filled in; see the other method. */
    public Rows ask(Statement.Filled filled) {
        String name = filled.statement().name();
        long start = System.nanoTime();
        HttpResponse<InputStream> response = send(filled);
        byte[] body = body(response);
        meters.timer("tidemark.console.statements", "statement", name)
                .record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
        if (response.statusCode() != OK) {
            throw refusal(
                    name,
                    response.headers().firstValue("X-ClickHouse-Exception-Code").orElse("unknown"));
        }
        try {
            JsonNode answer = JSON.readTree(body);
            return new Rows(answer.path("data"), answer.path("meta"), filled.readable());
        } catch (IOException e) {
            throw new IllegalStateException("the answer to statement '%s' cannot be read".formatted(name), e);
        }
    }

    private HttpResponse<InputStream> send(Statement.Filled filled) {
        HttpRequest request = HttpRequest.newBuilder(address(filled))
                .timeout(settings.timeout().plus(ANSWER_MARGIN))
                .header("X-ClickHouse-User", settings.user())
                .header("X-ClickHouse-Key", settings.password())
                .POST(HttpRequest.BodyPublishers.ofString(filled.statement().sql() + "\nFORMAT JSON"))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw silent(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw RefusedException.unavailable("the console is stopping");
        }
    }

    /** The body, unless it would take too much memory here; ClickHouse has it whole by then. */
    private static byte[] body(HttpResponse<InputStream> response) {
        try (InputStream input = response.body()) {
            byte[] body = input.readNBytes(MOST_BYTES + 1);
            if (body.length > MOST_BYTES) {
                throw tooMuch();
            }
            return body;
        } catch (IOException e) {
            throw silent(e);
        }
    }

    private static RefusedException silent(IOException failure) {
        LOGGER.warn("ClickHouse does not answer: {}", failure.toString());
        return RefusedException.unavailable("ClickHouse does not answer");
    }

    private static RefusedException tooMuch() {
        return new RefusedException(
                TOO_MUCH,
                "the answer would take too long or too much memory; ask for a shorter time or for one tenant");
    }

    private static RefusedException refusal(String statement, String code) {
        if (LIMITS.contains(code)) {
            return tooMuch();
        }
        LOGGER.error("ClickHouse refuses the statement {} with code {}", statement, code);
        return RefusedException.unavailable("ClickHouse refuses the statement, code " + code);
    }

    private URI address(Statement.Filled filled) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("database", settings.database());
        query.put("max_execution_time", Long.toString(settings.timeout().toSeconds()));
        query.put("max_memory_usage", Long.toString(settings.memoryBytes()));
        query.put("max_result_rows", Integer.toString(MOST_ROWS));
        query.put("wait_end_of_query", "1");
        // FINAL reads whole ranges before it looks at a condition, unless told that those on the sorting key may come
        // first
        query.put("optimize_move_to_prewhere_if_final", "1");
        // the sorting key of every table decides the partition
        query.put("do_not_merge_across_partitions_select_final", "1");
        query.put("session_timezone", "UTC");
        query.put("date_time_output_format", "iso");
        query.put("output_format_json_quote_64bit_integers", "0");
        // a parameter is read as a field of tab separated values
        filled.values().forEach((name, value) -> query.put("param_" + name, value.replace("\\", "\\\\")));
        return URI.create(settings.url() + "/?"
                + query.entrySet().stream()
                        .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&")));
    }
}
