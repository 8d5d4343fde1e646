package io.tidemark.deploy.cluster;

import io.tidemark.contracts.InferenceIds;
import io.tidemark.contracts.avro.InferenceStatus;
import io.tidemark.contracts.avro.Trace;
import io.tidemark.contracts.avro.VersionTupleRecord;
import io.tidemark.contracts.avro.WindowRow;
import io.tidemark.contracts.topic.RecordHeaders;
import io.tidemark.contracts.topic.Topic;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.platform.kafka.KafkaClientSettings;
import io.tidemark.registry.AvroDeserializer;
import io.tidemark.registry.AvroSerializer;
import io.tidemark.registry.ConfluentSchemaRegistry;
import io.tidemark.stack.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;

/** The topics of one replay run: traces in, window rows out. The n-th trace is the same in every run. */
final class ReplayTopics {

    private static final int PARTITIONS = 2;
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final long MILLIS_BETWEEN = 250;

    private final String bootstrapServers;
    private final String run;
    private final ConfluentSchemaRegistry registry;

    ReplayTopics(String bootstrapServers, String registryUrl, String run) {
        this.bootstrapServers = bootstrapServers;
        this.run = run;
        registry = new ConfluentSchemaRegistry(registryUrl, Map.of());
        Topics.create(bootstrapServers, run, PARTITIONS);
    }

    /** Sends traces number {@code from} to {@code to}, four for each second of event time. */
    void send(int from, int to) throws Exception {
        List<Future<?>> acknowledgements = new ArrayList<>();
        String topic = TopicCatalogue.TRACES.nameInRun(run);
        try (AvroSerializer<Trace> serializer = new AvroSerializer<>(registry, TopicCatalogue.TRACES);
                KafkaProducer<byte[], byte[]> producer = producer()) {
            for (int number = from; number < to; number++) {
                Trace trace = trace(number);
                byte[] key = InferenceIds.kafkaKey(trace.getTenant(), trace.getTraceId());
                acknowledgements.add(
                        producer.send(new ProducerRecord<>(topic, key, serializer.serialize(topic, trace))));
            }
            producer.flush();
            for (Future<?> acknowledgement : acknowledgements) {
                acknowledgement.get();
            }
        }
    }

    void sendEndMarkers() {
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                ProducerRecord<byte[], byte[]> marker =
                        new ProducerRecord<>(TopicCatalogue.TRACES.nameInRun(run), partition, null, null);
                marker.headers().add(RecordHeaders.END_MARKER, run.getBytes(StandardCharsets.UTF_8));
                producer.send(marker);
            }
        }
    }

    /** Waits until each partition and each subtask of the windows has said that it is done. */
    void awaitEnd(int parallelism) {
        Awaitility.await().atMost(FlinkProcesses.DEADLINE).until(() -> {
            Set<String> reported = new TreeSet<>();
            committed(TopicCatalogue.PROGRESS, 1)
                    .forEach(record -> reported.add(new String(record.key(), StandardCharsets.UTF_8)));
            return reported.size() == PARTITIONS + parallelism;
        });
    }

    int rowCount() {
        return committed(TopicCatalogue.WINDOWS, PARTITIONS).size();
    }

    /** Requests of all final windows by length in seconds, each slice level for itself, and of each window only its last row. */
    Map<String, Long> totals() {
        Map<String, WindowRow> last = new TreeMap<>();
        String topic = TopicCatalogue.WINDOWS.nameInRun(run);
        try (AvroDeserializer<WindowRow> deserializer = new AvroDeserializer<>(registry, WindowRow.class)) {
            for (ConsumerRecord<byte[], byte[]> record : committed(TopicCatalogue.WINDOWS, PARTITIONS)) {
                if (record.value() != null) {
                    WindowRow row = deserializer.deserialize(topic, record.value());
                    if (row.getFinal$()) {
                        last.merge(name(row), row, (old, now) -> now.getRevision() >= old.getRevision() ? now : old);
                    }
                }
            }
        }
        Map<String, Long> totals = new TreeMap<>();
        last.values()
                .forEach(row ->
                        totals.merge(row.getSliceLevel() + " " + row.getWindowSeconds(), row.getRequests(), Long::sum));
        return totals;
    }

    private static String name(WindowRow row) {
        return String.join(
                "|",
                row.getSliceLevel(),
                row.getTenant(),
                row.getVersionId(),
                row.getIntent(),
                row.getRole().name(),
                row.getProvider(),
                row.getProviderKeyId(),
                row.getWindowStart().toString(),
                Integer.toString(row.getWindowSeconds()));
    }

    private static Trace trace(int number) {
        String tenant = "tenant-" + number % 3;
        String traceId = "trace-" + number;
        return Trace.newBuilder()
                .setInferenceId(InferenceIds.inferenceId(tenant, traceId, ""))
                .setTraceId(traceId)
                .setTenant(tenant)
                .setEventTime(START.plusMillis(number * MILLIS_BETWEEN))
                .setVersion(VersionTupleRecord.newBuilder()
                        .setBaseModel("gpt-4o")
                        .setFineTune("none")
                        .setPrompt("prompt-" + number % 2)
                        .setToolSchema("none")
                        .setRetrievalIndex("none")
                        .setEvalPass("eval-1")
                        .setServing("vllm")
                        .build())
                .setIntent("intent")
                .setStatus(number % 20 == 0 ? InferenceStatus.ERROR : InferenceStatus.OK)
                .setInputTokens(100L + number % 50)
                .setOutputTokens(50L)
                .build();
    }

    private KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                KafkaClientSettings.plain(bootstrapServers).producer(),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private List<ConsumerRecord<byte[], byte[]>> committed(Topic topic, int partitions) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                KafkaClientSettings.plain(bootstrapServers).consumer("reader-" + run),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> assigned = new ArrayList<>();
            for (int partition = 0; partition < partitions; partition++) {
                assigned.add(new TopicPartition(topic.nameInRun(run), partition));
            }
            consumer.assign(assigned);
            consumer.seekToBeginning(assigned);
            Map<TopicPartition, Long> ends = consumer.endOffsets(assigned);
            Awaitility.await().atMost(FlinkProcesses.DEADLINE).until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
                return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
            });
        }
        return records;
    }
}
