package io.tidemark.registry;

import io.tidemark.contracts.avro.Release;
import io.tidemark.contracts.avro.Verdict;
import io.tidemark.contracts.release.RolloutHistory;
import io.tidemark.contracts.topic.Topic;
import io.tidemark.contracts.topic.TopicCatalogue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The topics of releases and verdicts: all that is there, and what people add. Whoever commands a rollback, from the command line or the
 * console, does it here.
 *
 * @param client properties of a client of Kafka
 * @param producer properties of a producer that loses nothing
 * @param run the run whose topics they are; empty for live traffic
 */
public record ReleaseLog(SchemaRegistry registry, Properties client, Properties producer, String run) {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /**
     * Every release event, in order.
     *
     * @throws ReleaseLogException when Kafka does not answer
     */
    public List<Release> releases() {
        return read(TopicCatalogue.RELEASES, Release.class);
    }

    /** Every verdict about a release, in order; see {@link #releases} for what goes wrong. */
    public List<Verdict> verdicts(String releaseId) {
        return verdicts().stream()
                .filter(verdict -> verdict.getReleaseId().equals(releaseId))
                .toList();
    }

    /** Every verdict, in order by partition; see {@link #releases} for what goes wrong. */
    public List<Verdict> verdicts() {
        return read(TopicCatalogue.VERDICTS, Verdict.class);
    }

    /**
     * Adds a release event.
     *
     * @throws ReleaseLogException when Kafka does not take it
     */
    public void write(Release release) {
        write(TopicCatalogue.RELEASES, release.getTenant(), release);
    }

    /**
     * Commands the rollback of a rollout: a verdict as the canary job gives it, which goes through alert, guards and audit of the consumers,
     * and then the event that ends the rollout.
     *
     * @param actor who commands it, for the audit
     * @param overrideReason why, although the control is no longer kept warm; null when that is not wanted
     * @return the command
     * @throws io.tidemark.contracts.release.ReleaseRefusedException when the rollout is over, or its control is no longer warm
     * @throws ReleaseLogException when Kafka does not take it
     */
    public Verdict rollBack(RolloutHistory history, Instant now, String actor, String reason, String overrideReason) {
        Release rolledBack = history.rolledBack(now, actor, overrideReason);
        Verdict command = history.command(now, actor, reason);
        write(TopicCatalogue.VERDICTS, command.getReleaseId(), command);
        write(rolledBack);
        return command;
    }

    private <T extends SpecificRecord> void write(Topic topic, String key, T record) {
        try (AvroSerializer<T> serializer = new AvroSerializer<>(registry, topic);
                KafkaProducer<byte[], byte[]> sender =
                        new KafkaProducer<>(producer, new ByteArraySerializer(), new ByteArraySerializer())) {
            byte[] value = serializer.serialize(topic.name(), record);
            sender.send(new ProducerRecord<>(topic.nameInRun(run), key.getBytes(StandardCharsets.UTF_8), value))
                    .get();
        } catch (ExecutionException e) {
            throw new ReleaseLogException(
                    "Kafka did not take the record for %s: %s"
                            .formatted(topic.name(), e.getCause().getMessage()),
                    e);
        } catch (KafkaException | RegistryUnavailableException e) {
            throw new ReleaseLogException(
                    "the record for %s is not sent: %s".formatted(topic.name(), e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ReleaseLogException("interrupted while a record was sent", e);
        }
    }

    private <T extends SpecificRecord> List<T> read(Topic topic, Class<T> type) {
        Properties properties = new Properties();
        properties.putAll(client);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        try (KafkaConsumer<byte[], byte[]> consumer =
                        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
                AvroDeserializer<T> deserializer = new AvroDeserializer<>(registry, type)) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic.nameInRun(run)).stream()
                    .map(each -> new TopicPartition(topic.nameInRun(run), each.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            return readToEnd(topic, consumer, deserializer, consumer.endOffsets(partitions));
        } catch (KafkaException | RegistryUnavailableException e) {
            throw new ReleaseLogException("%s cannot be read: %s".formatted(topic.name(), e.getMessage()), e);
        }
    }

    private static <T extends SpecificRecord> List<T> readToEnd(
            Topic topic,
            KafkaConsumer<byte[], byte[]> consumer,
            AvroDeserializer<T> deserializer,
            Map<TopicPartition, Long> ends) {
        List<T> records = new ArrayList<>();
        long lastNanos = System.nanoTime();
        while (ends.keySet().stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                lastNanos = System.nanoTime();
                decoded(record, deserializer).ifPresent(records::add);
            }
            if (System.nanoTime() - lastNanos > PATIENCE.toNanos()) {
                throw new KafkaException("nothing of %s has come for %s".formatted(topic.name(), PATIENCE));
            }
        }
        return records;
    }

    /** What cannot be read is left to the sink, which counts and dead-letters it. */
    private static <T extends SpecificRecord> Optional<T> decoded(
            ConsumerRecord<byte[], byte[]> record, AvroDeserializer<T> deserializer) {
        try {
            return Optional.ofNullable(deserializer.deserialize(record.topic(), record.value()));
        } catch (NotARecordException | UnknownSchemaException | SerializationException e) {
            return Optional.empty();
        }
    }
}
