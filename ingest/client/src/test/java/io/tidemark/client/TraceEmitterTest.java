package io.tidemark.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidemark.contracts.avro.Trace;
import io.tidemark.platform.kafka.KafkaClientSettings;
import io.tidemark.registry.ConfluentSchemaRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an emitter does while neither Kafka nor the registry is there. */
class TraceEmitterTest {

    private static final EmitterSettings SMALL = EmitterSettings.DEFAULT.withBuffer(10, 1 << 20);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private int closedPort;

    @BeforeEach
    void findAPortOnWhichNobodyListens() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closedPort = socket.getLocalPort();
        }
    }

    @Test
    void everyCallReturnsAndWhatTheBufferCannotHoldIsCounted() throws InterruptedException {
        TraceEmitter emitter = start(SMALL);
        long accepted = IntStream.range(0, 25)
                .filter(i -> emitter.emit(Traces.numbered(i)).accepted())
                .count();
        assertThat(accepted).isEqualTo(10);
        assertThat(dropped(DropReason.BUFFER_FULL)).isEqualTo(15);
        assertThat(emitter.emit(Traces.numbered(99)).message()).isEqualTo("the buffer of the emitter is full");
        assertThat(meters.get("tidemark.client.buffer.records").gauge().value()).isEqualTo(10);
        assertThat(emitter.flush(Duration.ofMillis(1))).isEqualTo(10);
        assertThat(emitter.close(Duration.ofMillis(1))).isEqualTo(10);
        assertThat(emitter.emit(Traces.numbered(100)).dropped()).contains(DropReason.CLOSED);
        assertThat(dropped(DropReason.CLOSED)).isEqualTo(11);
        assertThat(meters.get("tidemark.client.emitted").counter().count()).isEqualTo(27);
        assertThat(meters.get("tidemark.client.buffer.bytes").gauge().value()).isZero();
    }

    @Test
    void personalDataInTextsDoesNotLeaveTheProcess() throws InterruptedException {
        Trace trace = Traces.numbered(1)
                .sampledText("I am bob@example.com", "card 4111 1111 1111 1111", 1)
                .build();
        TraceEmitter emitter = start(SMALL);
        assertThat(emitter.emit(trace).accepted()).isTrue();
        assertThat(emitter.close(Duration.ofMillis(1))).isEqualTo(1);
        assertThat(trace.getPromptText()).isEqualTo("I am [EMAIL]");
        assertThat(trace.getResponseText()).isEqualTo("card [CARD]");
        assertThat(trace.getPiiHits()).isEqualTo(2);
    }

    @Test
    void theBufferIsBoundedInBytesToo() {
        String text = "x".repeat(1_000);
        try (TraceEmitter emitter =
                start(EmitterSettings.DEFAULT.withRecordBytes(3_000).withBuffer(1_000, 3_000))) {
            long accepted = IntStream.range(0, 10)
                    .filter(i -> emitter.emit(Traces.numbered(i).sampledText(text, null, 1))
                            .accepted())
                    .count();
            assertThat(accepted).isEqualTo(2);
            closeNow(emitter);
        }
    }

    @Test
    void aTraceThatWaitsTooLongForTheRegistryIsDropped() {
        EmitterSettings settings = SMALL.withLinger(Duration.ZERO).withDeliveryTimeout(Duration.ofSeconds(1));
        try (TraceEmitter emitter = start(settings)) {
            emitter.emit(Traces.numbered(1));
            await().untilAsserted(() ->
                    assertThat(dropped(DropReason.REGISTRY_UNAVAILABLE)).isEqualTo(1));
            assertThat(meters.get("tidemark.client.buffer.records").gauge().value())
                    .isZero();
        }
    }

    @Test
    void anInvalidTraceIsAResultThatNamesTheFieldAndNeverAnException() {
        try (TraceEmitter emitter = start(SMALL)) {
            EmitResult result =
                    emitter.emit(TraceBuilder.trace("", "t", Traces.FINISHED).outputTokens(-4));
            assertThat(result.dropped()).contains(DropReason.INVALID);
            assertThat(result.message()).isEqualTo("tenant = '' must not be empty; output_tokens = '-4' must be >= 0");
            assertThat(emitter.emit(TraceBuilder.trace(null, null, null)).dropped())
                    .contains(DropReason.INVALID);
            assertThat(emitter.emit(new Trace()).dropped()).contains(DropReason.INVALID);
            assertThat(dropped(DropReason.INVALID)).isEqualTo(3);
        }
    }

    @Test
    void aTraceLargerThanKafkaTakesIsRefusedAtOnce() {
        try (TraceEmitter emitter = start(EmitterSettings.DEFAULT.withRecordBytes(500))) {
            EmitResult result = emitter.emit(Traces.numbered(1).sampledText("x".repeat(600), null, 1));
            assertThat(result.message()).startsWith("trace = '").endsWith(" bytes' must have at most 500 bytes");
        }
    }

    @Test
    void buildThrowsAndNamesTheField() {
        assertThatThrownBy(() -> Traces.numbered(1).confidence(1.5).build())
                .isInstanceOf(InvalidTraceException.class)
                .hasMessage("confidence = '1.5' must lie in [0, 1]");
    }

    @Test
    void settingsThatContradictEachOtherAreRefused() {
        assertThatThrownBy(() -> EmitterSettings.DEFAULT.withBuffer(1, 10))
                .hasMessage("bufferBytes = '10' must be >= recordBytes = 1000000");
        assertThatThrownBy(() -> EmitterSettings.DEFAULT.withDeliveryTimeout(Duration.ofMillis(500)))
                .hasMessage("deliveryTimeout = 'PT0.5S' must be at least one second longer than linger = PT0.02S");
    }

    @Test
    void securityPropertiesReachTheProducer() {
        KafkaClientSettings secured =
                new KafkaClientSettings("broker:9093", Map.of("security.protocol", "SASL_SSL", "linger.ms", "5"));
        assertThat(new ProducerFactory(secured, EmitterSettings.DEFAULT).properties())
                .containsEntry("security.protocol", "SASL_SSL")
                .containsEntry("linger.ms", "5")
                .containsEntry("compression.type", "lz4")
                .containsEntry("acks", "all");
    }

    private TraceEmitter start(EmitterSettings settings) {
        String address = "127.0.0.1:" + closedPort;
        return TraceEmitter.start(
                KafkaClientSettings.plain(address),
                new ConfluentSchemaRegistry("http://" + address, Map.of()),
                settings,
                meters,
                Clock.systemUTC());
    }

    private double dropped(DropReason reason) {
        return meters.get("tidemark.client.dropped")
                .tag("reason", reason.label())
                .counter()
                .count();
    }

    private static void closeNow(TraceEmitter emitter) {
        try {
            emitter.close(Duration.ZERO);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while closing", e);
        }
    }
}
