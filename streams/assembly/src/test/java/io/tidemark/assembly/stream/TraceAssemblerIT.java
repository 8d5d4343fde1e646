package io.tidemark.assembly.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidemark.contracts.InferenceIds;
import io.tidemark.contracts.VersionTuple;
import io.tidemark.contracts.avro.InferenceStatus;
import io.tidemark.contracts.avro.LooseSpan;
import io.tidemark.contracts.avro.ReceivedSpan;
import io.tidemark.contracts.avro.Span;
import io.tidemark.contracts.avro.SpanBatch;
import io.tidemark.contracts.avro.SpanKind;
import io.tidemark.contracts.avro.Trace;
import io.tidemark.contracts.avro.TrafficRole;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.registry.AvroDeserializer;
import io.tidemark.registry.AvroSerializer;
import io.tidemark.registry.ConfluentSchemaRegistry;
import io.tidemark.testing.KafkaExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The topology under a driver that holds the time; the schemas come from a real registry. */
class TraceAssemblerIT {

    @RegisterExtension
    static final KafkaExtension KAFKA = new KafkaExtension();

    private static final Instant START = Instant.parse("2026-11-21T06:00:00Z");
    private static final String TRACE = "000102030405060708090a0b0c0d0e0f";
    private static final AssemblyLimits LIMITS =
            new AssemblyLimits(Duration.ofSeconds(15), Duration.ofSeconds(3), Duration.ofMinutes(10), 6, 100, 4);

    @TempDir
    private java.nio.file.Path state;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private ConfluentSchemaRegistry registry;
    private TopologyTestDriver driver;
    private TestInputTopic<byte[], byte[]> spans;
    private TestOutputTopic<byte[], byte[]> traces;
    private TestOutputTopic<byte[], byte[]> loose;

    @BeforeEach
    void start() {
        registry = new ConfluentSchemaRegistry(KAFKA.registryUrl(), Map.of());
        Properties properties = new Properties();
        properties.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
        driver = new TopologyTestDriver(AssemblyTopology.build(LIMITS, registry, meters), properties, START);
        spans = driver.createInputTopic(
                TopicCatalogue.SPANS.name(),
                new ByteArraySerializer(),
                new ByteArraySerializer(),
                START,
                Duration.ZERO);
        traces = driver.createOutputTopic(
                TopicCatalogue.TRACES.name(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        loose = driver.createOutputTopic(
                TopicCatalogue.LOOSE_SPANS.name(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void theCallTakesItsTupleFromAParentThatComesInALaterRequest() {
        send(TRACE, START, call("b1", "a1"));
        send(
                TRACE,
                START.plusSeconds(1),
                parent("a1", null, Map.of("prompt", "refund-v12", "intent", "refund", "role", "canary")));
        assertThat(traces.isEmpty()).isTrue();
        driver.advanceWallClockTime(Duration.ofSeconds(4));
        Trace trace = next();
        assertThat(trace.getVersion().getPrompt()).isEqualTo("refund-v12");
        assertThat(trace.getVersion().getBaseModel()).isEqualTo(VersionTuple.UNKNOWN);
        assertThat(trace.getIntent()).isEqualTo("refund");
        assertThat(trace.getRole()).isEqualTo(TrafficRole.CANARY);
        assertThat(trace.getInputTokens()).isEqualTo(42);
        assertThat(trace.getOutputTokens()).isNull();
        assertThat(trace.getInferenceId()).isEqualTo(InferenceIds.inferenceId("acme", TRACE, "b1"));
        assertThat(trace.getSpans()).extracting(Span::getSpanId).containsExactly("a1", "b1");
        assertThat(traces.isEmpty()).isTrue();
        assertThat(meters.counter("tidemark.assembly.inferences.unknown.version")
                        .count())
                .isEqualTo(1);
        assertThat(meters.counter("tidemark.assembly.inferences.unknown.intent").count())
                .isZero();
    }

    @Test
    void aTraceWhoseParentNeverComesIsFinishedAfterTheLongestWait() {
        send(TRACE, START, call("b1", "a1"));
        driver.advanceWallClockTime(Duration.ofSeconds(14));
        assertThat(traces.isEmpty()).isTrue();
        driver.advanceWallClockTime(Duration.ofSeconds(2));
        assertThat(next().getIntent()).isEqualTo(VersionTuple.UNKNOWN);
    }

    @Test
    void aBacklogIsJoinedByAppendTimeAndNotByTheWallClock() {
        send(TRACE, START, call("b1", "a1"));
        send(other(1), START.plusSeconds(14), call("c1", null));
        send(TRACE, START.plusSeconds(14), parent("a1", null, Map.of("intent", "refund")));
        send(other(2), START.plusSeconds(40), call("d1", null));
        assertThat(next().getIntent()).isEqualTo("refund");
    }

    @Test
    void aSpanThatIsSentAgainChangesNothing() {
        send(TRACE, START, call("b1", null));
        send(TRACE, START, call("b1", null));
        driver.advanceWallClockTime(Duration.ofSeconds(4));
        send(TRACE, START.plusSeconds(5), call("b1", null));
        driver.advanceWallClockTime(Duration.ofSeconds(20));
        assertThat(traces.readValuesToList()).hasSize(1);
        assertThat(meters.counter("tidemark.assembly.spans.duplicate").count()).isEqualTo(2);
    }

    @Test
    void aLateCallStillBecomesAnInferenceWithWhatTheTraceSaid() {
        send(TRACE, START, parent("a1", null, Map.of("intent", "refund")), call("b1", "a1"));
        driver.advanceWallClockTime(Duration.ofSeconds(4));
        assertThat(next().getSpanId()).isEqualTo("b1");
        send(TRACE, START.plusSeconds(60), call("b2", "a1"));
        Trace late = next();
        assertThat(late.getSpanId()).isEqualTo("b2");
        assertThat(late.getIntent()).isEqualTo("refund");
        assertThat(late.getSpans()).extracting(Span::getSpanId).containsExactly("b2");
        assertThat(meters.counter("tidemark.assembly.spans.late").count()).isEqualTo(1);
    }

    @Test
    void aLateSpanThatIsNoCallIsKeptApartAndNotLost() {
        send(TRACE, START, call("b1", null));
        driver.advanceWallClockTime(Duration.ofSeconds(4));
        assertThat(next().getSpans()).extracting(Span::getSpanId).containsExactly("b1");
        send(TRACE, START.plusSeconds(60), parent("a9", "b1", Map.of()));
        LooseSpan late = nextLoose();
        assertThat(late.getSpan().getSpanId()).isEqualTo("a9");
        assertThat(late.getLate()).isTrue();
        assertThat(traces.isEmpty()).isTrue();
        assertThat(meters.counter("tidemark.assembly.spans.late").count()).isEqualTo(1);
    }

    @Test
    void memoryIsBounded() {
        for (int i = 0; i < 20; i++) {
            send(other(i), START, call("b1", "missing"));
        }
        assertThat(traces.readValuesToList()).hasSize(14);
        assertThat(meters.counter("tidemark.assembly.traces.early").count()).isEqualTo(14);
        send(other(99), START, call("b1", "m"), call("b2", "m"), call("b3", "m"), call("b4", "m"), call("b5", "m"));
        assertThat(meters.counter("tidemark.assembly.spans.dropped").count()).isEqualTo(1);
    }

    @Test
    void aTraceWithoutAModelCallIsKeptAsSpansAndCounted() {
        send(TRACE, START, parent("a1", null, Map.of("prompt", "refund-v12")), parent("a2", "a1", Map.of()));
        driver.advanceWallClockTime(Duration.ofSeconds(4));
        assertThat(traces.isEmpty()).isTrue();
        LooseSpan first = nextLoose();
        assertThat(first.getSpan().getSpanId()).isEqualTo("a1");
        LooseSpan second = nextLoose();
        assertThat(second.getSpan().getSpanId()).isEqualTo("a2");
        assertThat(second.getTenant()).isEqualTo("acme");
        assertThat(second.getTraceId()).isEqualTo(TRACE);
        assertThat(second.getVersion().getPrompt()).isEqualTo("refund-v12");
        assertThat(second.getLate()).isFalse();
        assertThat(meters.counter("tidemark.assembly.traces.without.call").count())
                .isEqualTo(1);
    }

    @Test
    void whatIsNoBatchGoesToTheDeadLetters() {
        TestOutputTopic<byte[], byte[]> dead = driver.createOutputTopic(
                TopicCatalogue.SPANS.deadLetterName(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        byte[] poison = {9, 9, 9};
        spans.pipeInput(new byte[] {1}, poison, START);
        assertThat(dead.readRecord().value()).isEqualTo(poison);
    }

    private LooseSpan nextLoose() {
        return new AvroDeserializer<>(registry, LooseSpan.class).deserialize("", loose.readValue());
    }

    private Trace next() {
        return new AvroDeserializer<>(registry, Trace.class).deserialize("", traces.readValue());
    }

    private void send(String traceId, Instant at, ReceivedSpan... received) {
        SpanBatch batch = new SpanBatch("acme", traceId, at, List.of(received), List.of(), List.of(Map.of()));
        spans.pipeInput(
                InferenceIds.kafkaKey("acme", traceId),
                new AvroSerializer<SpanBatch>(registry, TopicCatalogue.SPANS).serialize("", batch),
                at);
    }

    private static String other(int number) {
        return "%032x".formatted(number + 1);
    }

    private static ReceivedSpan parent(String id, String parentId, Map<String, String> facts) {
        Span span = new Span(id, parentId, SpanKind.OTHER, "POST /assist", START, 2_000L, true, Map.of());
        return new ReceivedSpan(span, 0, facts, Map.of(), null);
    }

    private static ReceivedSpan call(String id, String parentId) {
        Span span = new Span(id, parentId, SpanKind.LLM, "chat", START.plusMillis(1), 1_000L, true, Map.of());
        Trace call = Trace.newBuilder().build();
        call.setEventTime(START.plusMillis(2));
        call.setStatus(InferenceStatus.OK);
        call.setInputTokens(42L);
        call.setAttributes(new HashMap<>());
        return new ReceivedSpan(span, 0, Map.of(), Map.of(), call);
    }
}
