package io.tidemark.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.cli.query.SqlClient;
import io.tidemark.cli.stack.DataDirectory;
import io.tidemark.cli.stack.ExternalParts;
import io.tidemark.cli.stack.IngestAccess;
import io.tidemark.cli.stack.OtlpPorts;
import io.tidemark.cli.stack.Ports;
import io.tidemark.cli.stack.StackSupervisor;
import io.tidemark.testing.LabelledText;
import io.tidemark.testing.PersonalData;
import io.tidemark.testing.PresidioSample;
import io.tidemark.testing.SharedData;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Unmodified client libraries from npm, and recordings of others, into ClickHouse. */
class OtlpClientsIT {

    private static final Path SCRIPTS = Path.of("src/test/resources/otlp-clients");
    private static final long PII_SEED = 4;
    private static final int OF_EACH_TYPE = 30;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private static Path directory;

    /** @param spans spans of its inference, the application's own among them */
    private record Client(String library, String exporter, int spans) {}

    private static final List<Client> CLIENTS = List.of(
            new Client("opentelemetry", "http", 2),
            new Client("opentelemetry", "proto", 2),
            new Client("opentelemetry", "grpc", 2),
            new Client("traceloop", "proto", 2),
            new Client("openinference", "http", 2),
            // Langfuse's processor sends its own spans only, so that nobody tells what the application's span says
            new Client("langfuse", "http", 1),
            new Client("vercel", "proto", 3),
            new Client("vllm", "grpc", 2));

    private static StackSupervisor stack;
    private static IngestAccess ingest;
    private static SqlClient sql;

    @BeforeAll
    static void startTheStack() {
        stack = StackSupervisor.start(
                new DataDirectory(directory.resolve("data")), ExternalParts.none(), Ports.free(), 0, note -> {});
        stack.startRun("");
        ingest = stack.startIngest(OtlpPorts.free());
        sql = new SqlClient(stack.endpoints().clickHouse());
        awaitReady(ingest.httpUrl());
    }

    @AfterAll
    static void stopTheStack() {
        if (stack != null) {
            stack.close();
        }
    }

    @Test
    void whatTheClientsSendIsInClickHouse() throws IOException, InterruptedException {
        Path scripts = installed();
        Map<String, Client> sent = CLIENTS.parallelStream()
                .collect(Collectors.toConcurrentMap(client -> send(scripts, client), client -> client));
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).until(() -> rows().size() >= CLIENTS.size());
        List<JsonNode> rows = rows();
        assertThat(rows).hasSize(CLIENTS.size());
        for (JsonNode row : rows) {
            check(row, sent.get(row.get("trace_id").asText()));
        }
        assertThat(rows.toString()).doesNotContain("4111").doesNotContain("bob@");
    }

    /** JSON here, protobuf below; that both recordings are read field by field is tested without a stack. */
    @Test
    void aRecordingThatIsReplayedIsStoredCallByCall() throws IOException {
        String name = "otel-openai-traces";
        JsonNode expected =
                JSON.readTree(SharedData.file("otlp/" + name + ".expected.json").toFile());
        JsonNode report = replay(SharedData.file("otlp/" + name + ".json"), name);
        assertThat(report.path("stored").asInt())
                .isEqualTo(expected.get("calls").size());
        Map<String, JsonNode> stored = new TreeMap<>();
        sql.rows("SELECT span_id, tenant, input_tokens, output_tokens, cached_tokens, reasoning_tokens, status,"
                        + " base_model, fine_tune, prompt, tool_schema, retrieval_index, eval_pass, intent FROM"
                        + " traces WHERE cohort IS NULL AND tenant = 'acme'")
                .forEach(row -> stored.put(row.get("span_id").asText(), row));
        for (JsonNode call : expected.get("calls")) {
            RecordedCall.check(call, stored.get(call.get("spanId").asText()));
        }
    }

    @Test
    void aCaptureOfAnSdkIsStoredWithEveryCall() throws IOException {
        String file = "otel_content_proto/003_traces.pb";
        Path body = SharedData.file("data/otlp/sdk/" + file);
        Cli decode = Cli.run("ingest", "decode", body);
        JsonNode calls = JSON.readTree(decode.output()).get("calls");
        assertThat(calls).isNotEmpty();
        JsonNode report = replay(body, file.replaceAll("[/_.]", "-"));
        assertThat(report.path("stored").asInt()).isEqualTo(calls.size());
        assertThat(report.path("rejected").asInt()).isZero();
    }

    @Test
    void personalDataIsInNoTopicAndNoTable() throws IOException {
        List<LabelledText> texts = new ArrayList<>(PresidioSample.texts());
        texts.addAll(new PersonalData(PII_SEED).sample(OF_EACH_TYPE));
        try (PrivateTraffic traffic = new PrivateTraffic(stack.endpoints(), directory)) {
            awaitReady(traffic.url());
            traffic.send(texts);
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> privateTexts() == 2 * texts.size());
        }
        Set<String> values = texts.stream()
                .flatMap(text -> text.entities().stream())
                .map(LabelledText.Entity::value)
                .collect(Collectors.toSet());
        assertThat(new LeakScan(stack.endpoints(), values).leaks()).isEmpty();
        assertThat(new LeakScan(stack.endpoints(), Set.of("[PHONE]")).leaks())
                .contains(
                        "tidemark.spans.v1: [PHONE]",
                        "tidemark.traces.v1: [PHONE]",
                        "tidemark.outcomes.v1: [PHONE]",
                        "traces_store: [PHONE]");
    }

    private static long privateTexts() {
        return sql.rows("SELECT count() AS n FROM traces WHERE tenant = 'private' AND prompt_text != '' AND"
                        + " response_text != ''")
                .get(0)
                .get("n")
                .asLong();
    }

    private static JsonNode replay(Path body, String name) throws IOException {
        Path report = directory.resolve(name + ".json");
        Cli replay = Cli.run(
                "replay", body, "--format", "otlp", "--data", stack.data().root(), "--report", report);
        assertThat(replay.exitCode()).as(replay.error()).isZero();
        return JSON.readTree(report.toFile());
    }

    private static void check(JsonNode row, Client client) {
        assertThat(row.get("tenant").asText()).isEqualTo("local");
        assertThat(row.get("input_tokens").asLong()).as(client.toString()).isEqualTo(42);
        assertThat(row.get("output_tokens").asLong()).as(client.toString()).isEqualTo(17);
        boolean parentIsSent = client.spans() > 1;
        assertThat(row.get("prompt").asText()).as(client.toString()).isEqualTo(parentIsSent ? "refund-v12" : "unknown");
        assertThat(row.get("intent").asText()).as(client.toString()).isEqualTo(parentIsSent ? "refund" : "unknown");
        assertThat(row.get("spans").asInt()).as(client.toString()).isEqualTo(client.spans());
        assertThat(row.get("text").asInt()).isZero();
        if (client.library().equals("vllm")) {
            assertThat(row.get("ttft_micros").asLong()).isEqualTo(123_000);
        }
    }

    private static List<JsonNode> rows() {
        return sql.rows(
                """
                SELECT trace_id, tenant, prompt, intent, input_tokens, output_tokens, ttft_micros, length(`spans.span_id`) AS spans,
                    prompt_text IS NOT NULL AS text, toString(attributes) AS attributes
                FROM traces WHERE tenant = 'local' ORDER BY trace_id
                """);
    }

    private static Path installed() throws IOException, InterruptedException {
        Assumptions.assumeTrue(isThere("npm") && isThere("node"), "Skipped: npm or node is not installed");
        Path scripts = Files.createDirectories(Path.of("target/otlp-clients"));
        for (String name : List.of("package.json", "client.js")) {
            Files.copy(SCRIPTS.resolve(name), scripts.resolve(name), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
        if (!Files.exists(scripts.resolve("node_modules/ai"))) {
            run(scripts, "npm", "install", "--no-audit", "--no-fund", "--ignore-scripts");
        }
        return scripts;
    }

    private static boolean isThere(String program) {
        return java.util.Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** @return id of its trace */
    private static String send(Path scripts, Client client) {
        String address = client.exporter().equals("grpc") ? ingest.grpcAddress() : ingest.httpUrl();
        try {
            String output =
                    run(scripts, "node", "client.js", client.library(), client.exporter(), address, ingest.key());
            return output.strip().lines().reduce((first, last) -> last).orElseThrow();
        } catch (IOException e) {
            throw new AssertionError(client + " cannot be started", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while " + client + " ran", e);
        }
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

    private static void awaitReady(String url) {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url + "/readyz")).build();
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(ConnectException.class)
                .until(() -> client.send(request, HttpResponse.BodyHandlers.discarding())
                                .statusCode()
                        == 200);
    }
}
