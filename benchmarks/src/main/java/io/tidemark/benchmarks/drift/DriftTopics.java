package io.tidemark.benchmarks.drift;

import io.tidemark.benchmarks.job.TraceTopics;
import io.tidemark.contracts.avro.Baseline;
import io.tidemark.contracts.avro.BaselineSource;
import io.tidemark.contracts.avro.BaselineState;
import io.tidemark.contracts.avro.Drift;
import io.tidemark.contracts.avro.Trace;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.jobs.drift.BaselineRecords;
import io.tidemark.jobs.drift.profile.Profile.ProfileHead;
import io.tidemark.jobs.drift.profile.ProfileBuilder;
import io.tidemark.registry.AvroDeserializer;
import io.tidemark.registry.AvroSerializer;
import io.tidemark.registry.ConfluentSchemaRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What the drift job reads and writes in a benchmark. */
final class DriftTopics {

    private static final int BASELINE_TRACES = 20_000;

    private final TraceTopics topics;
    private final ConfluentSchemaRegistry registry;

    DriftTopics(TraceTopics topics, String registryUrl) {
        this.topics = topics;
        registry = new ConfluentSchemaRegistry(registryUrl, Map.of());
    }

    /**
     * Sends the traces, and the profile of the first of them as the baseline in force.
     *
     * @return bytes of all traces
     */
    long send(FeatureTraffic traffic, long count) {
        Properties properties = topics.kafka().producer();
        properties.put("linger.ms", "20");
        properties.put("batch.size", "262144");
        ProfileBuilder profile = new ProfileBuilder();
        String name = TopicCatalogue.TRACES.nameInRun(topics.run());
        long bytes = 0;
        try (AvroSerializer<Trace> traces = new AvroSerializer<>(registry, TopicCatalogue.TRACES);
                AvroSerializer<Baseline> baselines = new AvroSerializer<>(registry, TopicCatalogue.BASELINES);
                KafkaProducer<byte[], byte[]> producer =
                        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (long number = 0; number < count; number++) {
                Trace trace = traffic.trace(number);
                if (number < BASELINE_TRACES) {
                    profile.add(trace);
                }
                byte[] value = traces.serialize(name, trace);
                bytes += value.length;
                producer.send(new ProducerRecord<>(name, (int) (number % topics.partitions()), null, value));
            }
            String target = TopicCatalogue.BASELINES.nameInRun(topics.run());
            for (Baseline record : BaselineRecords.of(profile.build(head()), BaselineState.ACTIVE)) {
                byte[] key = BaselineRecords.key(record).getBytes(StandardCharsets.UTF_8);
                producer.send(new ProducerRecord<>(target, key, baselines.serialize(target, record)));
            }
        }
        return bytes;
    }

    private static ProfileHead head() {
        return new ProfileHead(
                "benchmark",
                BaselineSource.TRAINING_FILE,
                "benchmark",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                FeatureTraffic.START,
                Optional.empty(),
                "benchmark");
    }

    /** Observations of one measure in the tests of the whole stream against the baseline. */
    long observationsOfTheStream() {
        long observations = 0;
        List<TopicPartition> partitions = IntStream.range(0, topics.partitions())
                .mapToObj(partition -> new TopicPartition(TopicCatalogue.DRIFT.nameInRun(topics.run()), partition))
                .toList();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                        topics.kafka().consumer("benchmark"), new ByteArrayDeserializer(), new ByteArrayDeserializer());
                AvroDeserializer<Drift> drifts = new AvroDeserializer<>(registry, Drift.class)) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    Drift drift = drifts.deserialize(record.topic(), record.value());
                    boolean counts = drift.getMeasure().equals("input_tokens")
                            && drift.getSlice().getSliceLevel().equals("all")
                            && drift.getBaselineId() != null;
                    observations += counts ? drift.getN() : 0;
                }
            }
        }
        return observations;
    }
}
