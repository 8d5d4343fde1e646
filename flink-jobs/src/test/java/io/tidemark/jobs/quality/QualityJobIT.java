package io.tidemark.jobs.quality;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.InferenceIds;
import io.tidemark.contracts.VersionTuple;
import io.tidemark.contracts.avro.Outcome;
import io.tidemark.contracts.avro.OutcomeSource;
import io.tidemark.contracts.avro.QualityRow;
import io.tidemark.contracts.avro.Trace;
import io.tidemark.contracts.avro.TrafficRole;
import io.tidemark.contracts.topic.RecordHeaders;
import io.tidemark.contracts.topic.Topic;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.jobs.runtime.JobSettings;
import io.tidemark.platform.config.Configuration;
import io.tidemark.platform.kafka.KafkaClientSettings;
import io.tidemark.registry.AvroDeserializer;
import io.tidemark.registry.AvroSerializer;
import io.tidemark.registry.ConfluentSchemaRegistry;
import io.tidemark.registry.TrustedRecords;
import io.tidemark.testing.KafkaExtension;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class QualityJobIT {

    private static final Instant DAY = Instant.parse("2026-03-02T00:00:00Z");
    private static final int TRACES = 400;
    private static final int PARTITIONS = 2;
    private static final Duration DEADLINE = Duration.ofMinutes(2);
    private static final VersionTuple VERSION =
            new VersionTuple("model", "none", "prompt-1", "none", "none", "eval", "engine");

    @RegisterExtension
    static final KafkaExtension KAFKA = new KafkaExtension();

    @TempDir
    Path directory;

    private final String run = KAFKA.uniqueName("run");
    private final ConfluentSchemaRegistry registry = new ConfluentSchemaRegistry(KAFKA.registryUrl(), Map.of());

    @Test
    void fromTracesAndLateOutcomesToRowsAcrossARestart() throws Exception {
        createTopics();
        send(TopicCatalogue.TRACES, traces());
        JobClient first = start();
        send(TopicCatalogue.OUTCOMES, outcomes());
        awaitCheckpointOf(first);
        first.cancel().get();
        markEnds(TopicCatalogue.TRACES);
        markEnds(TopicCatalogue.OUTCOMES);
        JobClient second = start();

        Map<String, QualityRow> rows = new HashMap<>();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            Awaitility.await().atMost(DEADLINE).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> keep(rows, record.value()));
                return rows.containsKey("tenant|accuracy||7|final")
                        && rows.containsKey("tenant|csat||7|final")
                        && rows.containsKey("tenant|unused_outcomes|unknown_trace|0|final");
            });
        }
        second.cancel().get();

        QualityRow accuracy = rows.get("tenant|accuracy||7|final");
        assertThat(accuracy.getN()).isEqualTo(TRACES / 2);
        assertThat(accuracy.getPopulation()).isEqualTo(TRACES);
        assertThat(accuracy.getEstimate()).isEqualTo(0.75);
        assertThat(accuracy.getCoverage()).isEqualTo(0.5);
        assertThat(rows.get("tenant|accuracy||1|final").getN()).isEqualTo(TRACES / 4);
        QualityRow satisfaction = rows.get("tenant|csat||7|final");
        assertThat(satisfaction.getUnit()).isEqualTo("session");
        assertThat(satisfaction.getEstimate()).isEqualTo(4.0);
        assertThat(rows.get("tenant|schema_valid||0|final").getEstimate()).isEqualTo(0.9);
        assertThat(unused(rows, "unknown_trace")).isEqualTo(1);
        assertThat(unused(rows, "out_of_range")).isEqualTo(1);
        assertThat(unused(rows, "unlisted")).isEqualTo(1);
        assertThat(unused(rows, "contradicted")).isEqualTo(1);
    }

    private static long unused(Map<String, QualityRow> rows, String reason) {
        return rows.get("tenant|unused_outcomes|" + reason + "|0|final").getN();
    }

    private void keep(Map<String, QualityRow> rows, byte[] value) {
        try (AvroDeserializer<QualityRow> reader = new AvroDeserializer<>(registry, QualityRow.class)) {
            QualityRow row = reader.deserialize("rows", value);
            String name = String.join(
                    "|",
                    row.getSliceLevel(),
                    row.getMeasure(),
                    row.getCategory(),
                    Integer.toString(row.getLabelAgeDays()),
                    row.getFinal$() ? "final" : "provisional");
            rows.merge(name, row, (old, fresh) -> fresh.getRevision() >= old.getRevision() ? fresh : old);
        }
    }

    /** Sixty sessions; nine of ten outputs are valid. */
    private static List<Trace> traces() {
        List<Trace> traces = new ArrayList<>();
        for (int i = 0; i < TRACES; i++) {
            String id = "trace-" + i;
            traces.add(Trace.newBuilder()
                    .setInferenceId(InferenceIds.inferenceId("acme", id, ""))
                    .setTenant("acme")
                    .setTraceId(id)
                    .setSessionId("session-" + i % 60)
                    .setEventTime(DAY.plusSeconds(60L * i))
                    .setVersion(VERSION.toAvro())
                    .setRole(TrafficRole.PRODUCTION)
                    .setPrediction("yes")
                    .setConfidence(0.75)
                    .setSchemaValid(i % 10 != 0)
                    .build());
        }
        return traces;
    }

    /** A label for each second inference, half of them late by four days; then what nobody can use. */
    private static List<Outcome> outcomes() {
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < TRACES; i += 2) {
            Instant time = DAY.plusSeconds(60L * i).plus(Duration.ofHours(i % 4 == 0 ? 5 : 100));
            outcomes.add(outcome("label-" + i, "trace-" + i, "label", time)
                    .setLabel(i % 8 == 0 ? "no" : "yes")
                    .build());
        }
        Instant later = DAY.plus(Duration.ofDays(5));
        for (int i = 0; i < 30; i++) {
            outcomes.add(outcome("csat-" + i, "", "csat", later)
                    .setSessionId("session-" + i)
                    .setValue(4.0)
                    .build());
        }
        outcomes.add(outcome("again", "trace-1", "thumbs", later).setLabel("up").build());
        outcomes.add(outcome("against", "trace-1", "thumbs", later.plusSeconds(1))
                .setLabel("down")
                .build());
        outcomes.add(outcome("nowhere", "no-such-trace", "thumbs", later)
                .setValue(1.0)
                .build());
        outcomes.add(outcome("much", "trace-2", "csat", later).setValue(50.0).build());
        outcomes.add(
                outcome("what", "trace-2", "horoscope", later).setValue(1.0).build());
        return outcomes;
    }

    private static Outcome.Builder outcome(String id, String trace, String name, Instant time) {
        return Outcome.newBuilder()
                .setOutcomeId(id)
                .setTenant("acme")
                .setTraceId(trace)
                .setName(name)
                .setSource(OutcomeSource.USER)
                .setEventTime(time)
                .setObservedTime(time);
    }

    private void createTopics() throws Exception {
        TrustedRecords.register();
        Map<String, String> settings = Map.of("retention.ms", "-1", "message.timestamp.type", "LogAppendTime");
        try (Admin admin = KAFKA.admin()) {
            admin.createTopics(List.of(
                            topic(TopicCatalogue.TRACES, PARTITIONS).configs(settings),
                            topic(TopicCatalogue.OUTCOMES, PARTITIONS).configs(settings),
                            topic(TopicCatalogue.QUALITY, 1).configs(settings)))
                    .all()
                    .get();
        }
    }

    private NewTopic topic(Topic topic, int partitions) {
        return new NewTopic(topic.nameInRun(run), partitions, (short) 1);
    }

    private <T extends SpecificRecordBase> void send(Topic topic, List<T> records) {
        String name = topic.nameInRun(run);
        try (AvroSerializer<T> serializer = new AvroSerializer<>(registry, topic);
                KafkaProducer<byte[], byte[]> producer = producer()) {
            for (T record : records) {
                byte[] key = (record.get("tenant") + "\n" + record.get("trace_id")).getBytes(StandardCharsets.UTF_8);
                producer.send(new ProducerRecord<>(name, key, serializer.serialize(name, record)));
            }
        }
    }

    private void markEnds(Topic topic) {
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                ProducerRecord<byte[], byte[]> marker =
                        new ProducerRecord<>(topic.nameInRun(run), partition, null, null);
                marker.headers().add(RecordHeaders.END_MARKER, run.getBytes(StandardCharsets.UTF_8));
                producer.send(marker);
            }
        }
    }

    private static KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                KafkaClientSettings.plain(KAFKA.bootstrapServers()).producer(),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                KafkaClientSettings.plain(KAFKA.bootstrapServers()).consumer(KAFKA.uniqueName("reader")),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        TopicPartition partition = new TopicPartition(TopicCatalogue.QUALITY.nameInRun(run), 0);
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        return consumer;
    }

    private JobClient start() throws Exception {
        JobSettings settings = new JobSettings(directory, Duration.ofMillis(300), 2, "rocksdb");
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(settings.toFlink());
        environment.setParallelism(2);
        List<String> flags = List.of(
                "--run=" + run,
                "--registry.url=" + KAFKA.registryUrl(),
                "--kafka.bootstrap-servers=" + KAFKA.bootstrapServers(),
                "--flink.state-directory=" + directory,
                "--quality.sampling.rate=1",
                "--quality.restate-interval=PT6H");
        QualityJob.build(environment, QualityConfig.from(Configuration.load(QualityConfig.keys(), Map.of(), flags)));
        return environment.executeAsync("quality." + run);
    }

    /** Until a checkpoint has been completed after the outcomes were sent: what follows goes on from there. */
    private void awaitCheckpointOf(JobClient job) {
        Awaitility.await().atMost(DEADLINE).until(() -> {
            try (var files = java.nio.file.Files.walk(directory)) {
                return files.filter(file -> file.endsWith("_metadata")).count() > 0
                        && job.getJobStatus().get() == org.apache.flink.api.common.JobStatus.RUNNING;
            }
        });
    }
}
