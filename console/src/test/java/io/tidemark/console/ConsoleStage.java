package io.tidemark.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tidemark.platform.access.ApiKey;
import io.tidemark.platform.config.Configuration;
import io.tidemark.sink.migration.MigrationSettings;
import io.tidemark.sink.migration.Migrations;
import io.tidemark.testing.ClickHouseExtension;
import io.tidemark.testing.KafkaExtension;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A console over a database of its own in a real ClickHouse, with a clock that starts at a given moment. */
public final class ConsoleStage implements AutoCloseable {

    /** Opens every tenant. */
    public static final String EVERYTHING = "tmk_everything";

    /** Opens the tenant acme only. */
    public static final String ACME = "tmk_acme";

    /** Opens every tenant and may command rollbacks as anna. */
    public static final String ANNA = "tmk_anna";

    /** Opens the tenant acme only and may command rollbacks there as ben. */
    public static final String BEN = "tmk_ben";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Connection connection;
    private final String clickHouse;
    private final Console console;

    private ConsoleStage(Connection connection, List<String> settings, Instant now, String clickHouse) {
        this.connection = connection;
        this.clickHouse = clickHouse;
        Configuration configuration = Configuration.load(ConsoleConfig.keyList(), Map.of(), settings);
        console = Console.start(
                ConsoleConfig.from(configuration),
                meters,
                Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(), now)));
    }

    /** Starts a console over empty tables; it has no Kafka to command through. */
    public static ConsoleStage over(ClickHouseExtension clickHouse, Instant now) throws SQLException {
        return over(clickHouse, now, List.of());
    }

    /** Starts a console over empty tables that commands through a broker. */
    public static ConsoleStage over(ClickHouseExtension clickHouse, Instant now, KafkaExtension kafka)
            throws SQLException {
        return over(
                clickHouse,
                now,
                List.of(
                        "--kafka.bootstrap-servers=" + kafka.bootstrapServers(),
                        "--registry.url=" + kafka.registryUrl()));
    }

    private static ConsoleStage over(ClickHouseExtension clickHouse, Instant now, List<String> further)
            throws SQLException {
        String database = clickHouse.freshDatabase();
        Migrations.apply(
                clickHouse.jdbcUrl("default"),
                clickHouse.user(),
                clickHouse.password(),
                MigrationSettings.defaults().inDatabase(database));
        return new ConsoleStage(
                clickHouse.connect(database),
                settings(clickHouse, clickHouse.httpUrl(), database, further),
                now,
                "%s/?database=%s&user=%s&password=%s"
                        .formatted(clickHouse.httpUrl(), database, clickHouse.user(), clickHouse.password()));
    }

    /** Starts a console whose ClickHouse does not answer. */
    public static ConsoleStage withoutClickHouse(ClickHouseExtension clickHouse, Instant now) throws SQLException {
        return new ConsoleStage(
                clickHouse.connect("default"),
                settings(clickHouse, "http://127.0.0.1:1", "nothing", List.of()),
                now,
                "");
    }

    private static List<String> settings(
            ClickHouseExtension clickHouse, String url, String database, List<String> further) {
        List<String> settings = new ArrayList<>(further);
        settings.addAll(List.of(
                "--console.port=0",
                "--console.target-accuracy=0.9",
                "--console.tokens=%s *;%s acme;%s * rollback=anna;%s acme rollback=ben"
                        .formatted(ApiKey.hash(EVERYTHING), ApiKey.hash(ACME), ApiKey.hash(ANNA), ApiKey.hash(BEN)),
                "--clickhouse.url=" + url,
                "--clickhouse.user=" + clickHouse.user(),
                "--clickhouse.password=" + clickHouse.password(),
                "--clickhouse.database=" + database));
        return settings;
    }

    /** Runs a statement on the tables. */
    public void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Fills the tables with the story of a bad prompt; see {@code story.sql}. */
    public void tellStory() throws IOException, SQLException {
        try (InputStream input = ConsoleStage.class.getResourceAsStream("/story.sql")) {
            String text = new String(input.readAllBytes(), StandardCharsets.UTF_8);
            for (String sql : text.replaceAll("(?m)^--.*\\R", "").split(";\\n")) {
                if (!sql.isBlank()) {
                    execute(sql);
                }
            }
        }
    }

    /** What a statement answers over ClickHouse's own interface, as an analyst asks it. */
    public List<JsonNode> rows(String sql) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(clickHouse + "&session_timezone=UTC&date_time_output_format=iso"
                                + "&output_format_json_quote_64bit_integers=0&default_format=JSON"))
                .POST(HttpRequest.BodyPublishers.ofString(sql))
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new AssertionError(sql + "\n" + response.body());
        }
        List<JsonNode> rows = new ArrayList<>();
        document(response).path("data").forEach(rows::add);
        return rows;
    }

    /** Address of the console. */
    public String url() {
        return "http://127.0.0.1:" + console.port();
    }

    /** What it measured of itself. */
    public String metrics() {
        return meters.scrape();
    }

    /** Asks with a token; null for none. */
    public HttpResponse<String> get(String path, String token) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url() + path));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Sends a document without a header for the token. */
    public HttpResponse<String> post(String path, String document) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(url() + path))
                        .POST(HttpRequest.BodyPublishers.ofString(document))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** Sends JSON with a token; null for none. */
    public HttpResponse<String> command(String path, String token, String json)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url() + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** The document of an answer. */
    public static JsonNode document(HttpResponse<String> response) throws IOException {
        return JSON.readTree(response.body());
    }

    @Override
    public void close() throws SQLException {
        console.close();
        connection.close();
    }
}
