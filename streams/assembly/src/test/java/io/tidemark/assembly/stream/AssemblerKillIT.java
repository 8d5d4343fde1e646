package io.tidemark.assembly.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.contracts.InferenceIds;
import io.tidemark.contracts.avro.InferenceStatus;
import io.tidemark.contracts.avro.LooseSpan;
import io.tidemark.contracts.avro.ReceivedSpan;
import io.tidemark.contracts.avro.Span;
import io.tidemark.contracts.avro.SpanBatch;
import io.tidemark.contracts.avro.SpanKind;
import io.tidemark.contracts.avro.Trace;
import io.tidemark.contracts.topic.Topic;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.platform.kafka.KafkaClientSettings;
import io.tidemark.registry.AvroDeserializer;
import io.tidemark.registry.AvroSerializer;
import io.tidemark.registry.ConfluentSchemaRegistry;
import io.tidemark.stack.ChildProcess;
import io.tidemark.stack.EmbeddedKafka;
import io.tidemark.stack.EmbeddedRegistry;
import io.tidemark.stack.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The assembler is killed while spans come. {@code -Dassembly.kills=20} makes it the long run. */
class AssemblerKillIT {

    private static final int KILLS = Integer.getInteger("assembly.kills", 2);
    private static final int TRACES_BETWEEN_KILLS = 200;
    private static final int WITHOUT_CALL = 10;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Instant START = Instant.parse("2026-11-21T06:00:00Z");

    @TempDir
    private static Path directory;

    private static EmbeddedKafka kafka;
    private static EmbeddedRegistry registry;
    private static ConfluentSchemaRegistry schemas;
    private static AvroSerializer<SpanBatch> writer;

    private final Random random = new Random(11);
    private final Set<String> sent = new TreeSet<>();

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.start(directory.resolve("kafka"), 0);
        registry = EmbeddedRegistry.start(kafka.bootstrapServers(), directory.resolve("registry"), 0);
        schemas = new ConfluentSchemaRegistry(registry.url(), Map.of());
        writer = new AvroSerializer<>(schemas, TopicCatalogue.SPANS);
        Topics.create(kafka.bootstrapServers(), "", 2);
    }

    @AfterAll
    static void stop() {
        registry.close();
        kafka.close();
    }

    @Test
    void everySpanIsInExactlyOneTraceHoweverOftenTheAssemblerIsKilled() {
        int trace = 0;
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                KafkaClientSettings.plain(kafka.bootstrapServers()).producer(),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int kill = 0; kill <= KILLS; kill++) {
                ChildProcess assembler = assembler();
                try {
                    long written = written();
                    for (int i = 0; i < TRACES_BETWEEN_KILLS; i++) {
                        sendInParts(producer, trace++);
                    }
                    producer.flush();
                    if (kill < KILLS) {
                        // in the middle: some traces are written, others wait
                        await().atMost(PATIENCE).until(() -> written() > written);
                        assembler.kill();
                    } else {
                        await().atMost(PATIENCE)
                                .pollInterval(Duration.ofSeconds(1))
                                .until(() -> places().size() == sent.size());
                    }
                } finally {
                    assembler.close();
                }
            }
        }
        Map<String, Set<String>> places = places();
        System.out.printf("%d kills, %d traces, %d spans sent, %d found%n", KILLS, trace, sent.size(), places.size());
        assertThat(places.keySet()).isEqualTo(sent);
        assertThat(places.values()).allSatisfy(records -> assertThat(records).hasSize(1));
    }

    /** A parent, a call and a tool, in one to three records, of which one comes twice. */
    private void sendInParts(KafkaProducer<byte[], byte[]> producer, int number) {
        String traceId = "%032x".formatted(number + 1L);
        boolean withCall = number % WITHOUT_CALL != 0;
        List<ReceivedSpan> spans = List.of(
                span(traceId, "a", null, false), span(traceId, "b", "a", withCall), span(traceId, "c", "a", false));
        int first = 1 + random.nextInt(3);
        send(producer, traceId, spans.subList(0, first));
        if (first < 3) {
            send(producer, traceId, spans.subList(first, 3));
            send(producer, traceId, spans.subList(first, 3));
        }
    }

    private ReceivedSpan span(String traceId, String id, String parent, boolean call) {
        String spanId = traceId.substring(17) + id;
        String parentId = parent == null ? null : traceId.substring(17) + parent;
        sent.add(spanId);
        Span span =
                new Span(spanId, parentId, call ? SpanKind.LLM : SpanKind.OTHER, "step", START, 1_000L, true, Map.of());
        if (!call) {
            return new ReceivedSpan(span, 0, Map.of(), Map.of(), null);
        }
        Trace known = Trace.newBuilder().build();
        known.setEventTime(START.plusMillis(1));
        known.setStatus(InferenceStatus.OK);
        known.setAttributes(new HashMap<>());
        return new ReceivedSpan(span, 0, Map.of(), Map.of(), known);
    }

    private static void send(KafkaProducer<byte[], byte[]> producer, String traceId, List<ReceivedSpan> spans) {
        SpanBatch batch = new SpanBatch("acme", traceId, START, spans, List.of(), List.of(Map.of()));
        byte[] value = writer.serialize("", batch);
        producer.send(new ProducerRecord<>(TopicCatalogue.SPANS.name(), InferenceIds.kafkaKey("acme", traceId), value));
    }

    /** For each span the records that hold it; equal records, which a repeat after a crash gives, are one. */
    private static Map<String, Set<String>> places() {
        Map<String, Set<String>> places = new TreeMap<>();
        for (Trace trace : read(TopicCatalogue.TRACES, Trace.class)) {
            trace.getSpans().forEach(span -> places.computeIfAbsent(span.getSpanId(), id -> new HashSet<>())
                    .add("inference " + trace.getInferenceId()));
        }
        for (LooseSpan loose : read(TopicCatalogue.LOOSE_SPANS, LooseSpan.class)) {
            places.computeIfAbsent(loose.getSpan().getSpanId(), id -> new HashSet<>())
                    .add("loose");
        }
        return places;
    }

    private static <T extends SpecificRecord> List<T> read(Topic topic, Class<T> type) {
        AvroDeserializer<T> reader = new AvroDeserializer<>(schemas, type);
        List<T> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            List<TopicPartition> partitions = partitions(consumer, topic);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    records.add(reader.deserialize(record.topic(), record.value()));
                }
            }
        }
        return records;
    }

    private static long written() {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            return consumer.endOffsets(partitions(consumer, TopicCatalogue.TRACES)).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }
    }

    private static List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer, Topic topic) {
        return consumer.partitionsFor(topic.name()).stream()
                .map(each -> new TopicPartition(each.topic(), each.partition()))
                .toList();
    }

    private static KafkaConsumer<byte[], byte[]> consumer() {
        Properties properties =
                KafkaClientSettings.plain(kafka.bootstrapServers()).client();
        properties.put("isolation.level", "read_committed");
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static ChildProcess assembler() {
        return ChildProcess.start(new ChildProcess.Specification(
                "assembler",
                AssemblyProcess.class,
                List.of("-Xmx256m", "-XX:+UseSerialGC"),
                List.of(
                        "--lifeline=stdin",
                        "--kafka.bootstrap-servers=" + kafka.bootstrapServers(),
                        "--registry.url=" + registry.url(),
                        "--assembly.state-directory=" + directory.resolve("state"),
                        "--assembly.wait=PT5S",
                        "--assembly.settle=PT1S",
                        "--kafka.properties.session.timeout.ms=6000",
                        "--kafka.properties.heartbeat.interval.ms=1500"),
                directory.resolve("assembler.log")));
    }
}
