package io.tidemark.gateway.server;

import static io.tidemark.contracts.topic.TopicCatalogue.OUTCOMES;
import static io.tidemark.gateway.server.TestGateway.KEY;
import static io.tidemark.gateway.server.TestGateway.SMALL_KEY;
import static io.tidemark.gateway.server.TestGateway.gzip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.rpc.Status;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.tidemark.contracts.avro.Outcome;
import io.tidemark.contracts.avro.ReceivedSpan;
import io.tidemark.stack.Topics;
import io.tidemark.testing.KafkaExtension;
import io.tidemark.testing.SharedData;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class GatewayIT {

    @RegisterExtension
    static final KafkaExtension KAFKA = new KafkaExtension();

    private static final String PROTOBUF = "application/x-protobuf";
    private static final String JSON = "application/json";
    private static final String TRACES = "/v1/traces";

    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        Topics.create(KAFKA.bootstrapServers(), "", 2);
        gateway = TestGateway.start(
                KAFKA.bootstrapServers(),
                KAFKA.registryUrl(),
                "--gateway.body-bytes=200000",
                "--gateway.decompressed-bytes=400000");
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void everyWireFormIsInKafkaWhenItIsAnswered() throws Exception {
        long before = spansInKafka(1_000).size();
        ExportTraceServiceRequest request = Bodies.calls(1_000, 3, Instant.now());
        HttpResponse<byte[]> plain = gateway.post(TRACES, PROTOBUF, request.toByteArray(), "x-api-key", KEY);
        assertThat(plain.statusCode()).isEqualTo(200);
        assertThat(ExportTraceServiceResponse.parseFrom(plain.body()).hasPartialSuccess())
                .isFalse();
        HttpResponse<byte[]> zipped = gateway.post(
                "/api/public/otel/v1/traces",
                PROTOBUF,
                gzip(request.toByteArray()),
                "content-encoding",
                "gzip",
                "authorization",
                "Basic "
                        + java.util.Base64.getEncoder()
                                .encodeToString(("pk-x:" + KEY).getBytes(StandardCharsets.UTF_8)));
        assertThat(zipped.statusCode()).isEqualTo(200);
        assertThat(spansInKafka(1_000)).hasSize((int) before + 6);
    }

    @Test
    void aRecordedJsonBodyIsTaken() throws Exception {
        byte[] body = Files.readAllBytes(SharedData.file("otlp/otel-openai-traces.json"));
        TestGateway lenient = TestGateway.start(
                KAFKA.bootstrapServers(),
                KAFKA.registryUrl(),
                "--gateway.maximum-age=P3650D",
                "--gateway.maximum-lead=P3650D");
        try (lenient) {
            HttpResponse<byte[]> answer = lenient.post(TRACES, JSON, body, "authorization", "Bearer " + KEY);
            assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo("{}");
            assertThat(answer.statusCode()).isEqualTo(200);
        }
    }

    @Test
    void refusedSpansAreReportedAndTheOthersTaken() throws Exception {
        Instant now = Instant.now();
        ExportTraceServiceRequest good = Bodies.calls(2_000, 1, now);
        ExportTraceServiceRequest old = Bodies.calls(2_001, 1, now.minus(Duration.ofDays(30)));
        byte[] both = good.toBuilder()
                .addAllResourceSpans(old.getResourceSpansList())
                .build()
                .toByteArray();
        HttpResponse<byte[]> answer = gateway.post(TRACES, PROTOBUF, both, "x-api-key", KEY);
        ExportTraceServiceResponse response = ExportTraceServiceResponse.parseFrom(answer.body());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(response.getPartialSuccess().getRejectedSpans()).isEqualTo(1);
        assertThat(response.getPartialSuccess().getErrorMessage()).contains("too_old");
        assertThat(spansInKafka(2_000)).hasSize(1);
    }

    @Test
    void whatIsWrongIsAnsweredAsTheProtocolWants() throws Exception {
        byte[] good = Bodies.calls(3_000, 1, Instant.now()).toByteArray();
        byte[] cut = java.util.Arrays.copyOf(good, good.length - 3);
        assertThat(status(TRACES, PROTOBUF, cut, "x-api-key", KEY)).isEqualTo(400);
        assertThat(status(TRACES, JSON, "{\"resourceSpans\":".getBytes(StandardCharsets.UTF_8), "x-api-key", KEY))
                .isEqualTo(400);
        assertThat(status(TRACES, PROTOBUF, good)).isEqualTo(401);
        assertThat(status(TRACES, PROTOBUF, good, "x-api-key", "tmk_wrong")).isEqualTo(401);
        assertThat(status(TRACES, PROTOBUF, good, "x-api-key", KEY, "x-tenant-id", "other"))
                .isEqualTo(403);
        assertThat(status("/v2/traces", PROTOBUF, good, "x-api-key", KEY)).isEqualTo(404);
        assertThat(gateway.get(TRACES).statusCode()).isEqualTo(405);
        assertThat(status(TRACES, "text/plain", good, "x-api-key", KEY)).isEqualTo(415);
        assertThat(status(TRACES, PROTOBUF, good, "x-api-key", KEY, "content-encoding", "br"))
                .isEqualTo(415);
        assertThat(status(TRACES, PROTOBUF, new byte[200_001], "x-api-key", KEY))
                .isEqualTo(413);
        assertThat(status(TRACES, PROTOBUF, gzip(new byte[10_000_000]), "x-api-key", KEY, "content-encoding", "gzip"))
                .isEqualTo(413);
    }

    @Test
    void aTenantInTheBodyMustBeTheKeys() throws Exception {
        ExportTraceServiceRequest foreign = Bodies.request(
                List.of(Bodies.call(4_000, Instant.now().getEpochSecond() * 1_000_000_000L)),
                List.of(Bodies.text("tenant.id", "globex")));
        HttpResponse<byte[]> answer = gateway.post(TRACES, PROTOBUF, foreign.toByteArray(), "x-api-key", KEY);
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(Status.parseFrom(answer.body()).getMessage())
                .contains("another tenant")
                .doesNotContain("globex");
        assertThat(spansInKafka(4_000)).isEmpty();
    }

    @Test
    void aTenantOverItsQuotaIsToldWhenToComeBack() throws Exception {
        byte[] body = Bodies.calls(5_000, 60, Instant.now()).toByteArray();
        assertThat(status(TRACES, PROTOBUF, body, "x-api-key", SMALL_KEY)).isEqualTo(200);
        HttpResponse<byte[]> answer = gateway.post(TRACES, PROTOBUF, body, "x-api-key", SMALL_KEY);
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValueAsLong("retry-after").orElse(0)).isBetween(1L, 11L);
        assertThat(status(TRACES, PROTOBUF, body, "x-api-key", KEY)).isEqualTo(200);
    }

    @Test
    void finishedInferencesArePlainJson() throws Exception {
        String body =
                """
                [{"trace_id": "t-1", "event_time": "%s", "status": "ok", "input_tokens": 12, "prompt_text": "secret",
                  "version": {"prompt": "refund-v12"}},
                 {"trace_id": "t-2", "event_time": "%s", "input_tokens": -1}]"""
                        .formatted(Instant.now(), Instant.now());
        HttpResponse<byte[]> answer =
                gateway.post("/v1/inferences", JSON, body.getBytes(StandardCharsets.UTF_8), "x-api-key", KEY);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                .contains("\"accepted\":1")
                .contains("input_tokens must be >= 0");
    }

    @Test
    void outcomesArePlainJsonUnderTheSameRules() throws Exception {
        String body =
                """
                [{"trace_id": "t-1", "name": "thumbs", "label": "down", "source": "user", "event_time": "%s"},
                 {"trace_id": "t-1", "name": "csat", "value": 7, "event_time": "%s"}]"""
                        .formatted(Instant.now(), Instant.now());
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        HttpResponse<byte[]> answer = gateway.post("/v1/outcomes", JSON, bytes, "x-api-key", KEY);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo("{\"accepted\":1,\"refused\":[{\"place\":\"outcome 1\","
                        + "\"detail\":\"value of csat must be a value in [1, 5]\"}]}");
        assertThat(RecordsInKafka.all(KAFKA.bootstrapServers(), KAFKA.registryUrl(), OUTCOMES, Outcome.class))
                .extracting(Outcome::getTenant, Outcome::getTraceId, Outcome::getLabel)
                .containsExactly(tuple("acme", "t-1", "down"));
        assertThat(status("/v1/outcomes", JSON, bytes)).isEqualTo(401);
        assertThat(status("/v1/outcomes", PROTOBUF, bytes, "x-api-key", KEY)).isEqualTo(415);
        assertThat(status("/v1/outcomes", JSON, "{".getBytes(StandardCharsets.UTF_8), "x-api-key", KEY))
                .isEqualTo(400);
    }

    @Test
    void logsAndMetricsAreTaken() throws Exception {
        byte[] metrics = Files.readAllBytes(SharedData.file("data/otlp/sdk/otel_content_json/005_metrics.json"));
        byte[] logs = Files.readAllBytes(SharedData.file("data/otlp/sdk/otel_content_json/002_logs.json"));
        String ofKey = new String(logs, StandardCharsets.UTF_8).replace("tenant-a", "acme");
        String metricsOfKey = new String(metrics, StandardCharsets.UTF_8).replace("tenant-a", "acme");
        assertThat(status("/v1/metrics", JSON, metricsOfKey.getBytes(StandardCharsets.UTF_8), "x-api-key", KEY))
                .isEqualTo(200);
        assertThat(status("/v1/logs", JSON, ofKey.getBytes(StandardCharsets.UTF_8), "x-api-key", KEY))
                .isEqualTo(200);
    }

    @Test
    void healthAndReadinessAnswer() throws Exception {
        assertThat(gateway.get("/healthz").statusCode()).isEqualTo(200);
        assertThat(gateway.get("/readyz").statusCode()).isEqualTo(200);
    }

    @Test
    void grpcIsTakenAndRefusedAsTheProtocolWants() throws Exception {
        try (GrpcClient client = GrpcClient.plain(gateway.gateway().grpcPort())) {
            byte[] body = Bodies.calls(6_000, 2, Instant.now()).toByteArray();
            byte[] answer = client.export(body, Map.of("x-api-key", KEY));
            assertThat(ExportTraceServiceResponse.parseFrom(answer).hasPartialSuccess())
                    .isFalse();
            assertThat(client.code(body, Map.of())).isEqualTo(io.grpc.Status.Code.UNAUTHENTICATED);
            assertThat(client.code(java.util.Arrays.copyOf(body, body.length - 2), Map.of("x-api-key", KEY)))
                    .isEqualTo(io.grpc.Status.Code.INVALID_ARGUMENT);
            assertThat(client.code(body, Map.of("x-api-key", KEY, "x-tenant-id", "b")))
                    .isEqualTo(io.grpc.Status.Code.PERMISSION_DENIED);
            assertThat(client.code(new byte[500_000], Map.of("x-api-key", KEY)))
                    .isEqualTo(io.grpc.Status.Code.RESOURCE_EXHAUSTED);
            assertThat(spansInKafka(6_000)).hasSize(2);
        }
    }

    private static int status(String path, String type, byte[] body, String... headers)
            throws IOException, InterruptedException {
        return gateway.post(path, type, body, headers).statusCode();
    }

    /** The spans in Kafka whose id lies in the thousand that begins with a number. */
    private static List<ReceivedSpan> spansInKafka(long firstId) {
        return SpansInKafka.all(KAFKA.bootstrapServers(), KAFKA.registryUrl()).stream()
                .filter(span -> {
                    long id = Long.parseUnsignedLong(span.getSpan().getSpanId(), 16);
                    return id >= firstId && id < firstId + 1_000;
                })
                .toList();
    }
}
