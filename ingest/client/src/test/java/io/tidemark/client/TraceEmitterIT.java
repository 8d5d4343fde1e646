package io.tidemark.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidemark.contracts.avro.Outcome;
import io.tidemark.contracts.avro.Trace;
import io.tidemark.platform.kafka.KafkaClientSettings;
import io.tidemark.registry.AvroDeserializer;
import io.tidemark.registry.ConfluentSchemaRegistry;
import io.tidemark.registry.SchemaRegistry;
import io.tidemark.stack.EmbeddedKafka;
import io.tidemark.stack.EmbeddedRegistry;
import io.tidemark.testing.KafkaExtension;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class TraceEmitterIT {

    @RegisterExtension
    static final KafkaExtension KAFKA = new KafkaExtension();

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @TempDir
    Path folder;

    @Test
    void whatIsAcknowledgedIsReadBack() throws InterruptedException {
        String topic = KAFKA.createTopic("client", 3);
        SchemaRegistry registry = new ConfluentSchemaRegistry(KAFKA.registryUrl(), Map.of());
        try (TraceEmitter emitter = start(KAFKA.bootstrapServers(), registry, topic)) {
            IntStream.range(0, 2_000)
                    .forEach(i -> assertThat(emitter.emit(Traces.numbered(i)).accepted())
                            .isTrue());
            assertThat(emitter.flush(PATIENCE)).isZero();
            assertThat(acked()).isEqualTo(2_000);
            assertThat(emitter.close(PATIENCE)).isZero();
        }
        List<Trace> read = readAll(KAFKA.bootstrapServers(), registry, topic, 3, Trace.class);
        assertThat(read).extracting(Trace::getInferenceId).hasSize(2_000).doesNotHaveDuplicates();
        assertThat(read).contains(Traces.numbered(1_234).build());
    }

    @Test
    void outcomesGoTheSameWay() throws InterruptedException {
        String topic = KAFKA.createTopic("outcomes", 2);
        SchemaRegistry registry = new ConfluentSchemaRegistry(KAFKA.registryUrl(), Map.of());
        try (OutcomeEmitter emitter = OutcomeEmitter.start(
                KafkaClientSettings.plain(KAFKA.bootstrapServers()),
                registry,
                EmitterSettings.DEFAULT.withTopic(topic),
                meters,
                Clock.systemUTC())) {
            IntStream.range(0, 100)
                    .forEach(i -> assertThat(emitter.emit(OutcomeBuilder.outcome("acme", "csat", Traces.FINISHED)
                                            .trace("trace-" + i)
                                            .value(1 + i % 5))
                                    .accepted())
                            .isTrue());
            assertThat(emitter.flush(PATIENCE)).isZero();
        }
        assertThat(meters.get("tidemark.client.acked")
                        .tag("records", "outcomes")
                        .counter()
                        .count())
                .isEqualTo(100);
        assertThat(readAll(KAFKA.bootstrapServers(), registry, topic, 2, Outcome.class))
                .hasSize(100)
                .allMatch(outcome -> outcome.getObservedTime().isAfter(outcome.getEventTime()))
                .extracting(Outcome::getOutcomeId)
                .doesNotHaveDuplicates();
    }

    @Test
    void aBrokerThatDiesAndComesBackLosesNothingThatWasAcknowledgedAndStopsNoCaller() throws Exception {
        String topic = "traces";
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0);
                EmbeddedRegistry schemas =
                        EmbeddedRegistry.start(kafka.bootstrapServers(), folder.resolve("registry"), 0)) {
            createTopic(kafka.bootstrapServers(), topic);
            SchemaRegistry registry = new ConfluentSchemaRegistry(schemas.url(), Map.of());
            try (TraceEmitter emitter = start(kafka.bootstrapServers(), registry, topic)) {
                IntStream.range(0, 1_000).forEach(i -> emitter.emit(Traces.numbered(i)));
                await().atMost(PATIENCE).until(() -> acked() > 0);
                kafka.kill();
                // more than the buffer holds: every call returns although nothing can leave
                long refused = IntStream.range(1_000, 8_000)
                        .filter(i -> !emitter.emit(Traces.numbered(i)).accepted())
                        .count();
                assertThat(refused).isPositive();
                assertThat(dropped(DropReason.BUFFER_FULL)).isEqualTo(refused);
                kafka.restart();
                assertThat(emitter.flush(PATIENCE)).isZero();
                assertThat(acked()).isEqualTo(8_000 - refused);
                List<Trace> read = readAll(kafka.bootstrapServers(), registry, topic, 1, Trace.class);
                assertThat(read.stream().map(Trace::getInferenceId).distinct().count())
                        .isEqualTo(8_000 - refused);
            }
        }
    }

    private TraceEmitter start(String bootstrapServers, SchemaRegistry registry, String topic) {
        return TraceEmitter.start(
                KafkaClientSettings.plain(bootstrapServers),
                registry,
                EmitterSettings.DEFAULT.withTopic(topic).withBuffer(5_000, 64 << 20),
                meters,
                Clock.systemUTC());
    }

    private double acked() {
        return meters.get("tidemark.client.acked").counter().count();
    }

    private double dropped(DropReason reason) {
        return meters.get("tidemark.client.dropped")
                .tag("reason", reason.label())
                .counter()
                .count();
    }

    private static void createTopic(String bootstrapServers, String topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1).configs(Map.of("retention.ms", "-1"))))
                    .all()
                    .get();
        }
    }

    private static <T extends SpecificRecord> List<T> readAll(
            String bootstrapServers, SchemaRegistry registry, String topic, int partitionCount, Class<T> recordClass) {
        List<TopicPartition> partitions = IntStream.range(0, partitionCount)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
        List<T> records = new ArrayList<>();
        try (KafkaConsumer<byte[], T> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers),
                new ByteArrayDeserializer(),
                new AvroDeserializer<>(registry, recordClass))) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
                for (ConsumerRecord<byte[], T> record : consumer.poll(Duration.ofSeconds(1))) {
                    records.add(record.value());
                }
            }
        }
        return records;
    }
}
