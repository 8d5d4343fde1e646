package io.tidemark.jobs.runtime;

import io.tidemark.contracts.InferenceIds;
import io.tidemark.contracts.avro.Trace;
import io.tidemark.contracts.topic.RecordHeaders;
import io.tidemark.contracts.topic.Topic;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.platform.kafka.KafkaClientSettings;
import io.tidemark.registry.AvroDeserializer;
import io.tidemark.registry.AvroSerializer;
import io.tidemark.registry.ConfluentSchemaRegistry;
import io.tidemark.registry.TrustedRecords;
import io.tidemark.testing.KafkaExtension;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;

/** The topics of one run on a real broker: what is sent to them, and what is committed in them. */
public final class RunTopics {

    private static final Duration DEADLINE = Duration.ofMinutes(2);

    private final KafkaExtension kafka;
    private final String run;
    private final Map<Topic, Integer> partitions;
    private final ConfluentSchemaRegistry registry;

    /** Creates the topics under a new name of a run. */
    public RunTopics(KafkaExtension kafka, Map<Topic, Integer> partitions) throws Exception {
        TrustedRecords.register();
        this.kafka = kafka;
        this.partitions = Map.copyOf(partitions);
        run = kafka.uniqueName("run");
        registry = new ConfluentSchemaRegistry(kafka.registryUrl(), Map.of());
        Map<String, String> settings = Map.of("retention.ms", "-1", "message.timestamp.type", "LogAppendTime");
        List<NewTopic> topics = new ArrayList<>();
        partitions.forEach((topic, count) ->
                topics.add(new NewTopic(topic.nameInRun(run), count, (short) 1).configs(settings)));
        try (Admin admin = kafka.admin()) {
            admin.createTopics(topics).all().get();
        }
    }

    /** Name of the run. */
    public String run() {
        return run;
    }

    /** What a job has to be told. */
    public List<String> flags() {
        return List.of(
                "--run=" + run,
                "--registry.url=" + kafka.registryUrl(),
                "--kafka.bootstrap-servers=" + kafka.bootstrapServers());
    }

    /** Sends traces in order, each to the partition of its key. */
    public void send(List<Trace> traces) throws Exception {
        send(TopicCatalogue.TRACES, traces, trace -> InferenceIds.kafkaKey(trace.getTenant(), trace.getTraceId()));
    }

    /** Sends records in order and waits until the broker has them. */
    public <T extends SpecificRecordBase> void send(Topic topic, List<T> records, Function<T, byte[]> key)
            throws Exception {
        String name = topic.nameInRun(run);
        List<Future<?>> acknowledgements = new ArrayList<>();
        try (AvroSerializer<T> serializer = new AvroSerializer<>(registry, topic);
                KafkaProducer<byte[], byte[]> producer = producer()) {
            for (T record : records) {
                acknowledgements.add(producer.send(
                        new ProducerRecord<>(name, key.apply(record), serializer.serialize(name, record))));
            }
            producer.flush();
            for (Future<?> acknowledgement : acknowledgements) {
                acknowledgement.get();
            }
        }
    }

    /** Sends a record that is no trace. */
    public void sendBytes(byte[] value) {
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            producer.send(new ProducerRecord<>(TopicCatalogue.TRACES.nameInRun(run), 0, null, value));
        }
    }

    /** Says in every partition of the traces that nothing more will come. */
    public void sendEndMarkers() {
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            for (int partition = 0; partition < partitions.get(TopicCatalogue.TRACES); partition++) {
                ProducerRecord<byte[], byte[]> marker =
                        new ProducerRecord<>(TopicCatalogue.TRACES.nameInRun(run), partition, null, null);
                marker.headers().add(RecordHeaders.END_MARKER, run.getBytes(StandardCharsets.UTF_8));
                producer.send(marker);
            }
        }
    }

    private KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                KafkaClientSettings.plain(kafka.bootstrapServers()).producer(),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Every committed record of a topic, in order. */
    public <T extends SpecificRecordBase> List<T> read(Topic topic, Class<T> type) {
        List<T> records = new ArrayList<>();
        try (AvroDeserializer<T> deserializer = new AvroDeserializer<>(registry, type)) {
            for (ConsumerRecord<byte[], byte[]> record : committed(topic)) {
                records.add(deserializer.deserialize(topic.nameInRun(run), record.value()));
            }
        }
        return records;
    }

    /** Every committed record of a topic as it was written. */
    public List<ConsumerRecord<byte[], byte[]>> committed(Topic topic) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            List<TopicPartition> assigned = IntStream.range(0, partitions.get(topic))
                    .mapToObj(partition -> new TopicPartition(topic.nameInRun(run), partition))
                    .toList();
            consumer.assign(assigned);
            consumer.seekToBeginning(assigned);
            Map<TopicPartition, Long> ends = consumer.endOffsets(assigned);
            Awaitility.await().atMost(DEADLINE).until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
                return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
            });
        }
        return records;
    }

    /** A reader of committed records. */
    public KafkaConsumer<byte[], byte[]> consumer() {
        Properties properties =
                KafkaClientSettings.plain(kafka.bootstrapServers()).consumer(kafka.uniqueName("reader"));
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
