package io.tidemark.sink.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.contracts.avro.Outcome;
import io.tidemark.contracts.avro.Trace;
import io.tidemark.contracts.topic.RecordHeaders;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.registry.AvroSerializer;
import io.tidemark.sink.Samples;
import io.tidemark.sink.SinkStage;
import io.tidemark.sink.column.NativeBlock;
import io.tidemark.sink.insert.InsertPath;
import io.tidemark.testing.ClickHouseExtension;
import io.tidemark.testing.KafkaExtension;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SinkServiceIT {

    @RegisterExtension
    static final KafkaExtension KAFKA = new KafkaExtension();

    @RegisterExtension
    static final ClickHouseExtension CLICKHOUSE = new ClickHouseExtension();

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String FACTS = "SELECT count(), uniqExact(inference_id), sum(input_tokens), "
            + "countIf(status = 'error'), uniqExact(version_id) FROM traces";

    private SinkStage stage;

    @BeforeEach
    void openStage() {
        stage = new SinkStage(KAFKA, CLICKHOUSE.httpUrl(), CLICKHOUSE.user(), CLICKHOUSE.password());
    }

    @AfterEach
    void closeStage() throws Exception {
        stage.close();
    }

    @Test
    void everyTraceIsStoredOnceInManySmallBatches() throws Exception {
        sendTraces(1_000);
        try (var sink = stage.start("--sink.batch-rows=37")) {
            awaitCommitted();
            assertThat(sink.hasFailed()).isFalse();
        }
        assertThat(stage.ask(FACTS)).isEqualTo("1000|1000|124500|100|2");
        assertThat(stage.ask("SELECT count() FROM traces_store")).isEqualTo("1000");
    }

    @Test
    void aCrashAfterTheIntentLosesNothing() throws Exception {
        sendTraces(500);
        crashOnce(path -> new Crashing(path, false));
        restartAndCompare();
        assertThat(stage.ask("SELECT count() FROM traces_store")).isEqualTo("600");
    }

    @Test
    void aCrashBetweenInsertAndCommitStoresNothingTwice() throws Exception {
        sendTraces(500);
        crashOnce(path -> new Crashing(path, true));
        restartAndCompare();
        // the server knew the token, so that not even the table below the view has a row twice
        assertThat(stage.ask("SELECT count() FROM traces_store")).isEqualTo("600");
    }

    @Test
    void theSameRangeAgainWithoutDeduplicationChangesNoAnswer() throws Exception {
        sendTraces(500);
        try (var sink = stage.start()) {
            awaitCommitted();
            assertThat(sink.hasFailed()).isFalse();
        }
        String before = stage.ask(FACTS);
        stage.change("INSERT INTO traces_store SELECT * FROM traces_store");
        assertThat(stage.ask("SELECT count() FROM traces_store")).isEqualTo("1000");
        assertThat(stage.ask(FACTS)).isEqualTo(before);
    }

    @Test
    void poisonGoesToTheDeadLettersAndNothingElseIsLost() throws Exception {
        sendTraces(50);
        byte[] good = serialized(Samples.trace(50));
        byte[] unknownSchema = good.clone();
        unknownSchema[1] = 0x7f;
        byte[] cut = Arrays.copyOf(good, good.length / 2);
        stage.sendBytes(TopicCatalogue.TRACES, "a", new byte[] {1, 2});
        stage.sendBytes(TopicCatalogue.TRACES, "b", unknownSchema);
        stage.sendBytes(TopicCatalogue.TRACES, "c", cut);
        Trace nobody = Samples.trace(51);
        nobody.setTenant("");
        Trace future = Samples.trace(52);
        future.setEventTime(Instant.parse("2099-01-01T00:00:00Z"));
        stage.send(TopicCatalogue.TRACES, List.of(nobody, future, Samples.trace(53)));
        try (var sink = stage.start("--sink.batch-rows=10")) {
            awaitCommitted();
            assertThat(sink.hasFailed()).isFalse();
        }
        assertThat(stage.ask("SELECT count(), countIf(trace_id = 'trace-53') FROM traces"))
                .isEqualTo("51|1");
        assertThat(deadLetters(5))
                .isEqualTo(Map.of(
                        "NOT_A_RECORD", 1L,
                        "UNKNOWN_SCHEMA_ID", 1L,
                        "UNREADABLE_BODY", 1L,
                        "MISSING_TENANT", 1L,
                        "FUTURE_EVENT_TIME", 1L));
    }

    @Test
    void endMarkersAndTransactionMarkersArePassed() throws Exception {
        sendTraces(20);
        Properties properties = new Properties();
        properties.put("bootstrap.servers", stage.bootstrapServers());
        properties.put("transactional.id", stage.run());
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(
                            stage.name(TopicCatalogue.TRACES), 0, null, serialized(Samples.trace(20))))
                    .get();
            producer.commitTransaction();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(
                            stage.name(TopicCatalogue.TRACES), 0, null, serialized(Samples.trace(21))))
                    .get();
            producer.abortTransaction();
            producer.beginTransaction();
            ProducerRecord<byte[], byte[]> marker =
                    new ProducerRecord<>(stage.name(TopicCatalogue.TRACES), 1, null, null);
            marker.headers().add(RecordHeaders.END_MARKER, stage.run().getBytes(StandardCharsets.UTF_8));
            producer.send(marker).get();
            producer.commitTransaction();
        }
        try (var sink = stage.start()) {
            awaitCommitted();
            assertThat(sink.hasFailed()).isFalse();
        }
        assertThat(stage.ask("SELECT count() FROM traces")).isEqualTo("21");
        assertThat(deadLetters(0)).isEmpty();
    }

    @Test
    void aSecondSinkTakesOverHalfwayAndNothingIsLostOrDoubled() throws Exception {
        sendTraces(2_000);
        try (var first = stage.start("--sink.batch-rows=50")) {
            await().atMost(PATIENCE)
                    .until(() -> !stage.ask("SELECT count() FROM traces_store").equals("0"));
            try (var second = stage.start("--sink.batch-rows=50")) {
                sendTraces(2_000, 4_000);
                awaitCommitted();
                assertThat(second.hasFailed()).isFalse();
            }
            assertThat(first.hasFailed()).isFalse();
        }
        assertThat(stage.ask("SELECT count(), uniqExact(inference_id) FROM traces"))
                .isEqualTo("4000|4000");
        assertThat(stage.ask("SELECT count() FROM traces_store")).isEqualTo("4000");
    }

    @Test
    void outcomesWithoutTenantAreRefusedToTheirOwnTopic() throws Exception {
        Outcome outcome = Outcome.newBuilder()
                .setOutcomeId("o-1")
                .setTraceId("trace-1")
                .setName("thumbs")
                .build();
        stage.send(TopicCatalogue.OUTCOMES, List.of(outcome));
        try (var sink = stage.start()) {
            await().atMost(PATIENCE).until(() -> stage.hasCommittedAll(TopicCatalogue.OUTCOMES));
            assertThat(sink.hasFailed()).isFalse();
        }
        assertThat(stage.ask("SELECT count() FROM outcomes")).isEqualTo("0");
        assertThat(stage.meters()
                        .counter(
                                "tidemark.sink.dead.letters",
                                "topic",
                                TopicCatalogue.OUTCOMES.name(),
                                "reason",
                                "MISSING_TENANT")
                        .count())
                .isEqualTo(1);
    }

    private void crashOnce(UnaryOperator<InsertPath> around) {
        try (var sink = stage.start(around)) {
            await().atMost(PATIENCE).until(sink::hasFailed);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        assertThat(stage.hasCommittedAll(TopicCatalogue.TRACES)).isFalse();
    }

    private void restartAndCompare() throws Exception {
        // they would make the range larger, and its token another one, if the stored intent did not fix its end
        sendTraces(500, 600);
        try (var sink = stage.start("--sink.batch-rows=1000000")) {
            awaitCommitted();
            assertThat(sink.hasFailed()).isFalse();
        }
        assertThat(stage.ask(FACTS)).isEqualTo("600|600|74700|60|2");
    }

    private void awaitCommitted() {
        await().atMost(PATIENCE).until(() -> stage.hasCommittedAll(TopicCatalogue.TRACES));
    }

    private void sendTraces(int count) {
        sendTraces(0, count);
    }

    private void sendTraces(int from, int to) {
        stage.send(
                TopicCatalogue.TRACES,
                IntStream.range(from, to).mapToObj(Samples::trace).toList());
    }

    private byte[] serialized(Trace trace) {
        try (var serializer = new AvroSerializer<Trace>(stage.registry(), TopicCatalogue.TRACES)) {
            return serializer.serialize("", trace);
        }
    }

    /** Dead letters of this run, counted by reason. */
    private Map<String, Long> deadLetters(int expected) {
        Map<String, Long> reasons = new TreeMap<>();
        List<Integer> seen = new ArrayList<>();
        Map<String, Object> properties = Map.of(
                "bootstrap.servers",
                stage.bootstrapServers(),
                "group.id",
                stage.run() + "-test",
                "auto.offset.reset",
                "earliest");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(TopicCatalogue.TRACES.deadLetterName()));
            await().atMost(PATIENCE).until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> {
                    if (header(record.headers(), RecordHeaders.SOURCE_TOPIC)
                            .equals(stage.name(TopicCatalogue.TRACES))) {
                        reasons.merge(header(record.headers(), RecordHeaders.REASON), 1L, Long::sum);
                        seen.add(record.partition());
                    }
                });
                return seen.size() >= expected;
            });
        }
        return reasons;
    }

    private static String header(Headers headers, String name) {
        return new String(headers.lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    /** Dies once, as a process does that is killed: before the insert, or after it. */
    private static final class Crashing implements InsertPath {

        private final InsertPath real;
        private final boolean afterInsert;
        private final AtomicBoolean crashed = new AtomicBoolean();

        Crashing(InsertPath real, boolean afterInsert) {
            this.real = real;
            this.afterInsert = afterInsert;
        }

        @Override
        public void insert(String table, NativeBlock block, String token) {
            if (afterInsert) {
                real.insert(table, block, token);
            }
            if (crashed.compareAndSet(false, true)) {
                throw new AssertionError("simulated crash");
            }
        }

        @Override
        public void close() {
            real.close();
        }
    }
}
