package io.tidemark.cli.release;

import io.tidemark.cli.CommandFailure;
import io.tidemark.cli.stack.StackEndpoints;
import io.tidemark.contracts.avro.Release;
import io.tidemark.contracts.avro.Verdict;
import io.tidemark.contracts.topic.Topic;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.registry.AvroDeserializer;
import io.tidemark.registry.AvroSerializer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The topics of releases and verdicts of a stack: all that is there, and what a command adds. */
public final class ReleaseLog {

    private static final Duration POLL = Duration.ofMillis(200);

    private final StackEndpoints endpoints;
    private final String run;

    /** The topics of live traffic. */
    ReleaseLog(StackEndpoints endpoints) {
        this(endpoints, "");
    }

    /** The topics of a run; empty for live traffic. */
    public ReleaseLog(StackEndpoints endpoints, String run) {
        this.endpoints = endpoints;
        this.run = run;
    }

    /** Every release event, in order. */
    List<Release> releases() {
        return read(TopicCatalogue.RELEASES, Release.class);
    }

    /** Every verdict about a release, in order. */
    List<Verdict> verdicts(String releaseId) {
        return verdicts().stream()
                .filter(verdict -> verdict.getReleaseId().equals(releaseId))
                .toList();
    }

    /** Every verdict, in order by partition. */
    public List<Verdict> verdicts() {
        return read(TopicCatalogue.VERDICTS, Verdict.class);
    }

    /** Gives a run the releases of live traffic, so that a replay takes the decisions that were taken then. */
    public void adopt() {
        new ReleaseLog(endpoints).releases().forEach(this::write);
    }

    /** Adds a release event. */
    public void write(Release release) {
        write(TopicCatalogue.RELEASES, release.getTenant(), release);
    }

    void write(Verdict verdict) {
        write(TopicCatalogue.VERDICTS, verdict.getReleaseId(), verdict);
    }

    private <T extends SpecificRecord> void write(Topic topic, String key, T record) {
        try (AvroSerializer<T> serializer = new AvroSerializer<>(endpoints.newRegistryClient(), topic);
                KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                        endpoints.kafka().producer(), new ByteArraySerializer(), new ByteArraySerializer())) {
            byte[] value = serializer.serialize(topic.name(), record);
            producer.send(new ProducerRecord<>(topic.nameInRun(run), key.getBytes(StandardCharsets.UTF_8), value))
                    .get();
        } catch (ExecutionException e) {
            throw new CommandFailure(
                    "Kafka did not take the record for %s: %s"
                            .formatted(topic.name(), e.getCause().getMessage()),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted while a record was sent", e);
        }
    }

    private <T extends SpecificRecord> List<T> read(Topic topic, Class<T> type) {
        Properties properties = endpoints.kafka().client();
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        List<T> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
                AvroDeserializer<T> deserializer = new AvroDeserializer<>(endpoints.newRegistryClient(), type)) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic.nameInRun(run)).stream()
                    .map(each -> new TopicPartition(topic.nameInRun(run), each.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    add(record, deserializer, records);
                }
            }
        }
        return records;
    }

    /** What cannot be read is left to the sink, which dead-letters it. */
    private static <T extends SpecificRecord> void add(
            ConsumerRecord<byte[], byte[]> record, AvroDeserializer<T> deserializer, List<T> records) {
        try {
            T value = deserializer.deserialize(record.topic(), record.value());
            if (value != null) {
                records.add(value);
            }
        } catch (SerializationException | IllegalStateException | IllegalArgumentException e) {
            // counted and kept by the sink
        }
    }
}
