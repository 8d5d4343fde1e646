package io.tidemark.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tidemark.cli.query.SqlClient;
import io.tidemark.cli.stack.DataDirectory;
import io.tidemark.cli.stack.ExternalParts;
import io.tidemark.cli.stack.IngestAccess;
import io.tidemark.cli.stack.OtlpPorts;
import io.tidemark.cli.stack.Ports;
import io.tidemark.cli.stack.StackSupervisor;
import io.tidemark.stack.EmbeddedRegistry;
import io.tidemark.testing.SecuredKafka;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every client of Kafka takes its security settings: gateway, assembler, the jobs' sources and sinks, the writer to ClickHouse. */
class SecuredKafkaIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int OK = 200;

    @TempDir
    private static Path directory;

    private static SecuredKafka kafka;
    private static EmbeddedRegistry registry;

    @BeforeAll
    static void start() throws IOException {
        kafka = SecuredKafka.start(Files.createDirectories(directory.resolve("kafka")));
        registry = EmbeddedRegistry.start(
                kafka.plainBootstrapServers(), Files.createDirectories(directory.resolve("registry")), 0);
    }

    @AfterAll
    static void stop() {
        registry.close();
        kafka.close();
    }

    @Test
    void aWrongPasswordIsTurnedAway() {
        Properties properties = new Properties();
        properties.putAll(kafka.clientProperties(false));
        properties.put("bootstrap.servers", kafka.bootstrapServers());
        try (Admin admin = Admin.create(properties)) {
            assertThatThrownBy(() -> admin.listTopics().names().get())
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(SaslAuthenticationException.class);
        }
    }

    @Test
    void anInferenceGoesFromTheGatewayToItsWindowInClickHouse() {
        ExternalParts external = new ExternalParts(
                Optional.of(kafka.bootstrapServers()),
                kafka.clientProperties(true),
                Optional.of(registry.url()),
                Optional.empty());
        try (StackSupervisor stack = StackSupervisor.start(
                new DataDirectory(directory.resolve("data")), external, Ports.free(), 0, note -> {})) {
            stack.startRun("");
            IngestAccess ingest = stack.startIngest(OtlpPorts.free());
            SqlClient sql = new SqlClient(stack.endpoints().clickHouse());
            // the pane of the first closes when later ones have come
            await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).until(() -> {
                send(ingest);
                return count(
                                sql,
                                "SELECT sum(requests) AS n FROM windows WHERE slice_level = 'all' AND window_seconds = 10")
                        > 0;
            });
            assertThat(count(sql, "SELECT count() AS n FROM traces")).isPositive();
            assertThat(count(sql, "SELECT count() AS n FROM spans WHERE name = 'chat' AND inference_id != ''"))
                    .isPositive();
        }
    }

    private static void send(IngestAccess ingest) throws IOException, InterruptedException {
        long end = Instant.now().getEpochSecond() * 1_000_000_000L;
        String span =
                """
                {"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"%032x","spanId":"%016x","name":"chat",
                "startTimeUnixNano":"%d","endTimeUnixNano":"%d",
                "attributes":[{"key":"gen_ai.operation.name","value":{"stringValue":"chat"}}]}]}]}]}
                """
                        .formatted(end, end, end - 1_000_000, end);
        try {
            HttpResponse<Void> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(ingest.httpUrl() + "/v1/traces"))
                                    .header("content-type", "application/json")
                                    .header("x-api-key", ingest.key())
                                    .POST(HttpRequest.BodyPublishers.ofString(span))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding());
            assertThat(answer.statusCode()).isIn(OK, 503);
        } catch (ConnectException e) {
            // the gateway is starting
        }
    }

    private static long count(SqlClient sql, String statement) {
        return sql.rows(statement).get(0).get("n").asLong();
    }
}
