package io.tidemark.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.tidemark.contracts.avro.ReceivedSpan;
import io.tidemark.stack.ChildProcess;
import io.tidemark.stack.EmbeddedKafka;
import io.tidemark.stack.EmbeddedRegistry;
import io.tidemark.stack.FreePorts;
import io.tidemark.stack.Topics;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gateway is killed, and its broker goes away. {@code -Dgateway.kills=20} and {@code -Dgateway.away=60} make it the long run. */
class GatewayFaultsIT {

    private static final int KILLS = Integer.getInteger("gateway.kills", 3);
    private static final int AWAY_SECONDS = Integer.getInteger("gateway.away", 8);
    private static final int SENDERS = 3;
    private static final int BATCH = 20;
    private static final int BATCHES_BEFORE_A_KILL = 40;
    private static final long MEMORY_BYTES = 4L << 20;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    private static Path directory;

    private static EmbeddedKafka kafka;
    private static EmbeddedRegistry registry;

    /** The exporter reports every failure; here they are what is wanted. Held, or the setting is lost with the logger. */
    private static final java.util.logging.Logger EXPORTER = java.util.logging.Logger.getLogger("io.opentelemetry");

    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final AtomicInteger batches = new AtomicInteger();

    @BeforeAll
    static void start() {
        EXPORTER.setLevel(java.util.logging.Level.OFF);
        kafka = EmbeddedKafka.start(directory.resolve("kafka"), 0);
        registry = EmbeddedRegistry.start(kafka.bootstrapServers(), directory.resolve("registry"), 0);
        Topics.create(kafka.bootstrapServers(), "", 2);
    }

    @AfterAll
    static void stop() {
        registry.close();
        kafka.close();
    }

    @Test
    void whatWasAcknowledgedIsInKafkaHoweverOftenTheGatewayIsKilled() throws InterruptedException {
        int port = FreePorts.next();
        AtomicBoolean running = new AtomicBoolean(true);
        List<Thread> senders = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) {
            Thread sender = new Thread(() -> sendWhile(running, port));
            sender.start();
            senders.add(sender);
        }
        for (int kill = 0; kill < KILLS; kill++) {
            ChildProcess gateway = ChildGateway.startOn(port, kafka.bootstrapServers(), registry.url(), directory)
                    .child();
            int enough = batches.get() + BATCHES_BEFORE_A_KILL;
            await().atMost(PATIENCE).until(() -> batches.get() >= enough);
            gateway.kill();
        }
        running.set(false);
        for (Thread sender : senders) {
            sender.join();
        }
        Set<String> stored = stored();
        System.out.printf("%d kills: %d spans acknowledged, %d stored%n", KILLS, acknowledged.size(), stored.size());
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(KILLS * BATCH);
        assertThat(stored).containsAll(acknowledged);
    }

    @Test
    void whileTheBrokerIsAwayClientsAreToldToRetryAndMemoryIsBounded() throws Exception {
        TestGateway gateway = TestGateway.start(
                kafka.bootstrapServers(),
                registry.url(),
                "--gateway.spans-per-second=1000000000",
                "--gateway.bytes-per-second=1000000000000",
                "--gateway.memory-bytes=" + MEMORY_BYTES,
                "--gateway.delivery-timeout=PT2S");
        try (gateway) {
            byte[] body = Bodies.calls(900_000, 200, Instant.now()).toByteArray();
            assertThat(post(gateway, body).statusCode()).isEqualTo(200);
            kafka.kill();
            AtomicInteger answers = new AtomicInteger();
            AtomicInteger wrong = new AtomicInteger();
            AtomicLong most = new AtomicLong();
            Instant end = Instant.now().plusSeconds(AWAY_SECONDS);
            List<Thread> clients = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                Thread client = new Thread(() -> {
                    while (Instant.now().isBefore(end)) {
                        HttpResponse<byte[]> answer = post(gateway, body);
                        answers.incrementAndGet();
                        boolean right = answer.statusCode() == 503
                                && answer.headers().firstValue("retry-after").isPresent();
                        wrong.addAndGet(right ? 0 : 1);
                        most.accumulateAndGet(inFlight(gateway), Math::max);
                    }
                });
                client.start();
                clients.add(client);
            }
            for (Thread client : clients) {
                client.join();
            }
            System.out.printf(
                    "broker away for %d s: %d requests, all told to retry: %s, at most %d bytes held%n",
                    AWAY_SECONDS, answers.get(), wrong.get() == 0, most.get());
            assertThat(wrong).hasValue(0);
            assertThat(answers.get()).isGreaterThan(30);
            assertThat(most.get()).isLessThanOrEqualTo(MEMORY_BYTES + 30L * body.length);
            kafka.restart();
            await().atMost(PATIENCE).until(() -> post(gateway, body).statusCode() == 200);
            assertThat(inFlight(gateway)).isZero();
        }
    }

    private static long inFlight(TestGateway gateway) {
        return (long)
                gateway.meters().get("tidemark.gateway.bytes.in.flight").gauge().value();
    }

    private static HttpResponse<byte[]> post(TestGateway gateway, byte[] body) {
        try {
            return gateway.post("/v1/traces", "application/x-protobuf", body, "x-api-key", TestGateway.KEY);
        } catch (IOException e) {
            throw new AssertionError("the gateway does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private void sendWhile(AtomicBoolean running, int port) {
        try (SpanMaker maker = new SpanMaker();
                OtlpHttpSpanExporter exporter = OtlpHttpSpanExporter.builder()
                        .setEndpoint("http://127.0.0.1:" + port + "/v1/traces")
                        .addHeader("x-api-key", TestGateway.KEY)
                        .setCompression("gzip")
                        .setRetryPolicy(null)
                        .build()) {
            while (running.get()) {
                List<SpanData> spans = maker.batch(BATCH);
                CompletableResultCode result = exporter.export(spans).join(20, TimeUnit.SECONDS);
                if (result.isSuccess()) {
                    spans.forEach(span -> acknowledged.add(span.getTraceId() + span.getSpanId()));
                    batches.incrementAndGet();
                }
            }
        }
    }

    private static Set<String> stored() {
        Set<String> ids = new HashSet<>();
        SpansInKafka.byTrace(kafka.bootstrapServers(), registry.url()).forEach((traceId, spans) -> {
            for (ReceivedSpan span : spans) {
                ids.add(traceId + span.getSpan().getSpanId());
            }
        });
        return ids;
    }
}
