package io.tidemark.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.cli.query.SqlClient;
import io.tidemark.cli.stack.DataDirectory;
import io.tidemark.cli.stack.ExternalParts;
import io.tidemark.cli.stack.IngestAccess;
import io.tidemark.cli.stack.OtlpPorts;
import io.tidemark.cli.stack.Ports;
import io.tidemark.cli.stack.StackSupervisor;
import java.io.File;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Unmodified client libraries from npm, through the gateway and the assembler, into ClickHouse. */
class OtlpClientsIT {

    private static final Path SCRIPTS = Path.of("src/test/resources/otlp-clients");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private static Path directory;

    private record Client(String library, String exporter) {}

    private static final List<Client> CLIENTS = List.of(
            new Client("opentelemetry", "http"),
            new Client("opentelemetry", "proto"),
            new Client("opentelemetry", "grpc"),
            new Client("traceloop", "proto"),
            new Client("openinference", "http"),
            new Client("langfuse", "http"));

    @Test
    void whatTheClientsSendIsInClickHouse() throws IOException, InterruptedException {
        Path scripts = installed();
        try (StackSupervisor stack = StackSupervisor.start(
                new DataDirectory(directory.resolve("data")), ExternalParts.none(), Ports.free(), 0, note -> {})) {
            stack.startRun("");
            IngestAccess ingest = stack.startIngest(OtlpPorts.free());
            awaitReady(ingest);
            Map<String, Client> sent = new TreeMap<>();
            for (Client client : CLIENTS) {
                sent.put(send(scripts, client, ingest), client);
            }
            SqlClient sql = new SqlClient(stack.endpoints().clickHouse());
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> rows(sql).size() >= CLIENTS.size());
            List<JsonNode> rows = rows(sql);
            assertThat(rows).hasSize(CLIENTS.size());
            for (JsonNode row : rows) {
                check(row, sent.get(row.get("trace_id").asText()));
            }
            assertThat(rows.toString()).doesNotContain("4111").doesNotContain("bob@");
        }
    }

    private static void check(JsonNode row, Client client) {
        assertThat(row.get("tenant").asText()).isEqualTo("local");
        assertThat(row.get("input_tokens").asLong()).as(client.toString()).isEqualTo(42);
        assertThat(row.get("output_tokens").asLong()).as(client.toString()).isEqualTo(17);
        // Langfuse's processor sends its own spans only, so that nobody tells what the application's span says
        boolean parentIsSent = !client.library().equals("langfuse");
        assertThat(row.get("prompt").asText()).as(client.toString()).isEqualTo(parentIsSent ? "refund-v12" : "unknown");
        assertThat(row.get("intent").asText()).as(client.toString()).isEqualTo(parentIsSent ? "refund" : "unknown");
        assertThat(row.get("spans").asInt()).as(client.toString()).isEqualTo(parentIsSent ? 2 : 1);
        assertThat(row.get("text").asInt()).isZero();
    }

    private static List<JsonNode> rows(SqlClient sql) {
        return sql.rows(
                """
                SELECT trace_id, tenant, prompt, intent, input_tokens, output_tokens, length(`spans.span_id`) AS spans,
                    prompt_text IS NOT NULL AS text, toString(attributes) AS attributes
                FROM traces ORDER BY trace_id
                """);
    }

    private static Path installed() throws IOException, InterruptedException {
        Assumptions.assumeTrue(isThere("npm") && isThere("node"), "Skipped: npm or node is not installed");
        Path scripts = Files.createDirectories(Path.of("target/otlp-clients"));
        for (String name : List.of("package.json", "client.js")) {
            Files.copy(SCRIPTS.resolve(name), scripts.resolve(name), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
        if (!Files.exists(scripts.resolve("node_modules/openai"))) {
            run(scripts, "npm", "install", "--no-audit", "--no-fund", "--ignore-scripts");
        }
        return scripts;
    }

    private static boolean isThere(String program) {
        return java.util.Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private static String send(Path scripts, Client client, IngestAccess ingest)
            throws IOException, InterruptedException {
        String address = client.exporter().equals("grpc") ? ingest.grpcAddress() : ingest.httpUrl();
        String output = run(scripts, "node", "client.js", client.library(), client.exporter(), address, ingest.key());
        return output.strip().lines().reduce((first, last) -> last).orElseThrow();
    }

    private static String run(Path folder, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }

    private static void awaitReady(IngestAccess ingest) {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(ingest.httpUrl() + "/readyz")).build();
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(ConnectException.class)
                .until(() -> client.send(request, HttpResponse.BodyHandlers.discarding())
                                .statusCode()
                        == 200);
    }
}
