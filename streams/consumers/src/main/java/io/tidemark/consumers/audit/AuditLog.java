package io.tidemark.consumers.audit;

import io.tidemark.contracts.avro.Action;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.platform.kafka.KafkaClientSettings;
import io.tidemark.registry.AvroSerializer;
import io.tidemark.registry.SchemaRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes the audit. The transactional id is fixed for each kind of consumer: one that starts fences one that hangs, so that two never
 * act side by side.
 */
public final class AuditLog implements AutoCloseable {

    private final KafkaProducer<byte[], byte[]> producer;
    private final AvroSerializer<Action> serializer;

    public AuditLog(KafkaClientSettings kafka, SchemaRegistry registry, String transactionalId) {
        Properties properties = kafka.producer();
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, "0");
        producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
        serializer = new AvroSerializer<>(registry, TopicCatalogue.ACTIONS);
        producer.initTransactions();
    }

    /**
     * A transaction of the audit.
     *
     * @param action the record
     * @param offsets positions that are done with when the record stands; may be empty
     * @param group group of these positions; null without positions
     * @param letters further records of the same transaction, dead letters for example
     */
    public record Entry(
            Action action,
            Map<TopicPartition, OffsetAndMetadata> offsets,
            ConsumerGroupMetadata group,
            List<ProducerRecord<byte[], byte[]>> letters) {}

    /**
     * Writes a record and, in the same transaction, the positions that it settles. Returns when it is committed.
     *
     * @throws KafkaException when it is not; the process must end then, and starts again from the audit
     */
    public void write(Entry entry) {
        producer.beginTransaction();
        try {
            List<Future<RecordMetadata>> sent = new ArrayList<>(List.of(producer.send(record(entry.action()))));
            entry.letters().forEach(letter -> sent.add(producer.send(letter)));
            if (!entry.offsets().isEmpty()) {
                producer.sendOffsetsToTransaction(entry.offsets(), entry.group());
            }
            for (Future<RecordMetadata> each : sent) {
                each.get();
            }
            producer.commitTransaction();
        } catch (ExecutionException e) {
            throw new KafkaException("the audit record was not written", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while the audit was written", e);
        }
    }

    private ProducerRecord<byte[], byte[]> record(Action action) {
        String topic = TopicCatalogue.ACTIONS.name();
        return new ProducerRecord<>(
                topic,
                action.getDecisionId().getBytes(java.nio.charset.StandardCharsets.UTF_8),
                serializer.serialize(topic, action));
    }

    @Override
    public void close() {
        producer.close();
    }
}
