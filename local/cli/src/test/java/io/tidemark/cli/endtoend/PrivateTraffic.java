package io.tidemark.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.cli.stack.StackEndpoints;
import io.tidemark.gateway.server.GatewayProcess;
import io.tidemark.platform.access.ApiKey;
import io.tidemark.stack.ChildProcess;
import io.tidemark.stack.FreePorts;
import io.tidemark.testing.LabelledText;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A gateway that keeps prompts and responses, and traffic that says personal data wherever a client may say something. */
final class PrivateTraffic implements AutoCloseable {

    static final String TENANT = "private";

    private static final String KEY = "tmk_key-of-private-0123456789";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int OK = 200;
    private static final int TRY_AGAIN = 503;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final HttpClient client = HttpClient.newHttpClient();
    private final int port = FreePorts.next();
    private final ChildProcess gateway;

    PrivateTraffic(StackEndpoints endpoints, Path directory) {
        gateway = ChildProcess.start(new ChildProcess.Specification(
                "gateway that keeps content",
                GatewayProcess.class,
                List.of("-Xmx256m", "-XX:+UseSerialGC"),
                List.of(
                        "--lifeline=stdin",
                        "--kafka.bootstrap-servers=" + endpoints.kafkaBootstrapServers(),
                        "--registry.url=" + endpoints.registryUrl(),
                        "--gateway.http-port=" + port,
                        "--gateway.grpc-port=0",
                        "--gateway.capture-content=true",
                        "--gateway.keys=" + ApiKey.hash(KEY) + " " + TENANT),
                directory.resolve("private-gateway.log")));
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Two inferences for each text: one by OpenTelemetry, with a score and a log record, and one in plain JSON. */
    void send(List<LabelledText> texts) throws IOException {
        ObjectNode traces = JSON.createObjectNode();
        ArrayNode spans = traces.putArray("resourceSpans")
                .addObject()
                .putArray("scopeSpans")
                .addObject()
                .putArray("spans");
        ObjectNode logs = JSON.createObjectNode();
        ArrayNode records = logs.putArray("resourceLogs")
                .addObject()
                .putArray("scopeLogs")
                .addObject()
                .putArray("logRecords");
        ArrayNode inferences = JSON.createArrayNode();
        for (int i = 0; i < texts.size(); i++) {
            span(spans.addObject(), i, texts.get(i).text());
            record(records.addObject(), i, texts.get(i).text());
            inference(inferences.addObject(), i, texts.get(i).text());
        }
        post("/v1/traces", traces);
        post("/v1/logs", logs);
        post("/v1/inferences", inferences);
    }

    private static void span(ObjectNode span, int number, String text) {
        ids(span, number).put("name", "chat");
        span.put("startTimeUnixNano", nanos(-1)).put("endTimeUnixNano", nanos(0));
        ArrayNode attributes = span.putArray("attributes");
        attribute(attributes, "gen_ai.operation.name", "chat");
        attribute(attributes, "gen_ai.input.messages", text);
        attribute(attributes, "gen_ai.output.messages", "I repeat: " + text);
        ObjectNode score = span.putArray("events").addObject();
        score.put("name", "gen_ai.evaluation.result").put("timeUnixNano", nanos(0));
        attribute(score.putArray("attributes"), "gen_ai.evaluation.name", "tone");
        attribute((ArrayNode) score.get("attributes"), "gen_ai.evaluation.explanation", text);
    }

    private static void record(ObjectNode record, int number, String text) {
        ids(record, number).put("eventName", "gen_ai.user.message").put("timeUnixNano", nanos(0));
        record.putObject("body").put("stringValue", text);
    }

    private static void inference(ObjectNode inference, int number, String text) {
        inference
                .put("trace_id", "inference-" + number)
                .put("event_time", Instant.now().toString())
                .put("status", "ok")
                .put("prompt_text", text)
                .put("response_text", text);
        inference.putObject("attributes").put("note", text.substring(0, Math.min(250, text.length())));
    }

    private static ObjectNode ids(ObjectNode node, int number) {
        return node.put("traceId", "%032x".formatted(0xFACE_0000L + number))
                .put("spanId", "%016x".formatted(1L + number));
    }

    private static void attribute(ArrayNode attributes, String key, String value) {
        attributes.addObject().put("key", key).putObject("value").put("stringValue", value);
    }

    private static String nanos(int seconds) {
        return Long.toString((Instant.now().getEpochSecond() + seconds) * 1_000_000_000L);
    }

    /** Told to try again, it does, as every client of OpenTelemetry. */
    private void post(String path, JsonNode body) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url() + path))
                .header("content-type", "application/json")
                .header("x-api-key", KEY)
                .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                .build();
        HttpResponse<String> answer = await().atMost(PATIENCE)
                .until(
                        () -> client.send(request, HttpResponse.BodyHandlers.ofString()),
                        response -> response.statusCode() != TRY_AGAIN);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(OK);
        assertThat(answer.body()).doesNotContain("\"refused\"", "rejected");
    }

    @Override
    public void close() {
        gateway.close();
    }
}
