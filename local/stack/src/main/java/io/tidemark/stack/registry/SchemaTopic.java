package io.tidemark.stack.registry;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The compacted topic that holds everything a registry knows. Used under the lock of its owner. */
final class SchemaTopic implements AutoCloseable {

    static final String NAME = "_schemas";

    private static final TopicPartition PARTITION = new TopicPartition(NAME, 0);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration ANSWER_DEADLINE = Duration.ofSeconds(10);

    private static final int REQUEST_MILLIS = 5_000;
    private static final long BUFFER_BYTES = 4L * 1024 * 1024;

    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;

    private SchemaTopic(KafkaProducer<byte[], byte[]> producer, KafkaConsumer<byte[], byte[]> consumer) {
        this.producer = producer;
        this.consumer = consumer;
    }

    /** Creates the topic when it is missing, and connects to it. */
    static SchemaTopic open(String bootstrapServers) {
        create(bootstrapServers);
        KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "acks",
                        "all",
                        "linger.ms",
                        0,
                        "buffer.memory",
                        BUFFER_BYTES,
                        "max.block.ms",
                        ANSWER_DEADLINE.toMillis(),
                        "delivery.timeout.ms",
                        (int) ANSWER_DEADLINE.toMillis(),
                        "request.timeout.ms",
                        REQUEST_MILLIS),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "enable.auto.commit",
                        false,
                        // a fetch that waits at the broker would hold up the next request on its connection
                        "fetch.max.wait.ms",
                        5,
                        "default.api.timeout.ms",
                        (int) ANSWER_DEADLINE.toMillis(),
                        "request.timeout.ms",
                        REQUEST_MILLIS),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        consumer.assign(List.of(PARTITION));
        consumer.seekToBeginning(List.of(PARTITION));
        return new SchemaTopic(producer, consumer);
    }

    private static void create(String bootstrapServers) {
        NewTopic topic =
                new NewTopic(NAME, Optional.of(1), Optional.empty()).configs(Map.of("cleanup.policy", "compact"));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(Set.of(topic)).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new KafkaException("The topic %s cannot be created".formatted(NAME), e.getCause());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("Interrupted while the topic %s was created".formatted(NAME), e);
        }
    }

    /**
     * Gives every record that was written since the last call, by whomever, in order.
     *
     * @throws RegistryError when the broker does not answer within 10 s
     */
    void readNew(Consumer<RegistryRecord> reader) {
        try {
            long end = consumer.endOffsets(Set.of(PARTITION)).get(PARTITION);
            long deadline = System.nanoTime() + ANSWER_DEADLINE.toNanos();
            while (consumer.position(PARTITION) < end) {
                if (System.nanoTime() - deadline > 0) {
                    throw RegistryError.store("the broker does not answer");
                }
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    if (record.key() != null && record.value() != null) {
                        reader.accept(RegistryRecord.parse(record.key(), record.value()));
                    }
                }
            }
        } catch (KafkaException | IOException e) {
            throw RegistryError.store(e.getMessage());
        }
    }

    /**
     * Writes a record and waits until the broker has it. When this fails the record may have been written all the same, so what is
     * known follows only from {@link #readNew}.
     */
    void append(RegistryRecord record) {
        try {
            producer.send(new ProducerRecord<>(NAME, record.keyBytes(), record.valueBytes()))
                    .get();
        } catch (ExecutionException e) {
            throw RegistryError.store(e.getCause().getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw RegistryError.store("interrupted");
        } catch (KafkaException e) {
            throw RegistryError.store(e.getMessage());
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(2));
        consumer.close();
    }
}
