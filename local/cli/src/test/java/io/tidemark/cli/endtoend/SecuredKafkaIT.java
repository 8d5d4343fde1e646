package io.tidemark.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidemark.client.EmitterSettings;
import io.tidemark.client.TraceBuilder;
import io.tidemark.client.TraceEmitter;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.contracts.trace.Dimension;
import io.tidemark.gateway.server.GatewayProcess;
import io.tidemark.jobs.source.RawTrace;
import io.tidemark.jobs.source.RegistryFactory;
import io.tidemark.jobs.source.TraceSource;
import io.tidemark.jobs.source.TraceSourceConfig;
import io.tidemark.platform.access.ApiKey;
import io.tidemark.platform.kafka.KafkaClientSettings;
import io.tidemark.registry.ConfluentSchemaRegistry;
import io.tidemark.stack.ChildProcess;
import io.tidemark.stack.EmbeddedRegistry;
import io.tidemark.stack.FreePorts;
import io.tidemark.stack.Topics;
import io.tidemark.testing.SecuredKafka;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients of Kafka take its security settings: the gateway, the emitter, the consumers of the sink and of the jobs. */
class SecuredKafkaIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String KEY = "tmk_key-of-acme-0123456789";
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;

    @TempDir
    private static Path directory;

    private static SecuredKafka kafka;
    private static EmbeddedRegistry registry;

    @BeforeAll
    static void start() throws IOException {
        kafka = SecuredKafka.start(Files.createDirectories(directory.resolve("kafka")));
        registry = EmbeddedRegistry.start(
                kafka.plainBootstrapServers(), Files.createDirectories(directory.resolve("registry")), 0);
        try (Admin admin = Admin.create(settings(true).client())) {
            Topics.create(admin, "", 1);
        }
    }

    @AfterAll
    static void stop() {
        registry.close();
        kafka.close();
    }

    @Test
    void gatewayAndEmitterWriteAndTheConsumersOfSinkAndJobsRead() throws Exception {
        int port = FreePorts.next();
        try (ChildProcess gateway = gateway(port, true)) {
            gateway.awaitReady(() -> post(port) == OK, PATIENCE);
        }
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        try (TraceEmitter emitter = emitter(true, meters)) {
            assertThat(emitter.emit(trace()).accepted()).isTrue();
            assertThat(emitter.flush(PATIENCE)).isZero();
            assertThat(meters.get("tidemark.client.acked").counter().count()).isEqualTo(1);
        }
        List<byte[]> consumed = consumed(2);
        List<RawTrace> ofJob = TraceSource.raw(StreamExecutionEnvironment.getExecutionEnvironment(), sourceConfig())
                .executeAndCollect(2);
        assertThat(ofJob).extracting(RawTrace::value).containsExactlyElementsOf(consumed);
    }

    @Test
    void aWrongPasswordIsNamedAndNothingIsTaken() throws Exception {
        int port = FreePorts.next();
        try (ChildProcess gateway = gateway(port, false)) {
            gateway.awaitReady(() -> post(port) == UNAVAILABLE, PATIENCE);
            assertThat(Files.readString(log(false)))
                    .contains("Invalid username or password; see kafka.properties.sasl.*");
        }
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        try (TraceEmitter emitter = emitter(false, meters)) {
            emitter.emit(trace());
            await().atMost(PATIENCE)
                    .until(() -> meters.get("tidemark.client.dropped")
                                    .tag("reason", "rejected")
                                    .counter()
                                    .count()
                            == 1);
        }
    }

    private static KafkaClientSettings settings(boolean rightPassword) {
        return new KafkaClientSettings(kafka.bootstrapServers(), kafka.clientProperties(rightPassword));
    }

    private static ChildProcess gateway(int port, boolean rightPassword) {
        List<String> flags = new ArrayList<>(List.of(
                "--lifeline=stdin",
                "--kafka.bootstrap-servers=" + kafka.bootstrapServers(),
                "--registry.url=" + registry.url(),
                "--gateway.http-port=" + port,
                "--gateway.grpc-port=0",
                "--gateway.keys=" + ApiKey.hash(KEY) + " acme"));
        kafka.clientProperties(rightPassword)
                .forEach((name, value) -> flags.add("--kafka.properties." + name + "=" + value));
        return ChildProcess.start(new ChildProcess.Specification(
                "gateway",
                GatewayProcess.class,
                List.of("-Xmx256m", "-XX:+UseSerialGC", "-Dlog4j2.configurationFile=log4j2-child.xml"),
                flags,
                log(rightPassword)));
    }

    private static Path log(boolean rightPassword) {
        return directory.resolve(rightPassword ? "gateway.log" : "gateway-of-a-stranger.log");
    }

    /** Status of the answer to an inference, 0 when nobody answers. */
    private static int post(int port) {
        String body =
                """
                {"trace_id": "from-the-gateway", "event_time": "%s", "status": "ok"}
                """
                        .formatted(Instant.now());
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/inferences"))
                .header("content-type", "application/json")
                .header("x-api-key", KEY)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static TraceEmitter emitter(boolean rightPassword, SimpleMeterRegistry meters) {
        return TraceEmitter.start(
                settings(rightPassword),
                new ConfluentSchemaRegistry(registry.url(), Map.of()),
                EmitterSettings.DEFAULT,
                meters,
                Clock.systemUTC());
    }

    private static TraceBuilder trace() {
        return TraceBuilder.trace("acme", "from-the-emitter", Instant.now());
    }

    private static List<byte[]> consumed(int count) {
        Properties properties = settings(true).consumer("tidemark-sink");
        List<byte[]> values = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(TopicCatalogue.TRACES.name()));
            await().atMost(PATIENCE).until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
                return values.size() >= count;
            });
        }
        return values;
    }

    private static TraceSourceConfig sourceConfig() {
        String url = registry.url();
        RegistryFactory schemas = () -> new ConfluentSchemaRegistry(url, Map.of());
        return new TraceSourceConfig(
                "",
                "windows",
                settings(true).consumer("tidemark-windows"),
                schemas,
                Set.of(Dimension.values()),
                Duration.ofSeconds(10),
                Duration.ofMinutes(1),
                Duration.ofMinutes(10),
                Duration.ZERO,
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                "");
    }
}
