package io.tidemark.cli.alert;

import io.tidemark.cli.CommandFailure;
import io.tidemark.cli.stack.StackEndpoints;
import io.tidemark.contracts.topic.Topic;
import io.tidemark.registry.AvroSerializer;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes single records that a person asked for. */
public final class RecordSender {

    private RecordSender() {}

    /** Returns when Kafka has the record. */
    public static <T extends SpecificRecord> void send(StackEndpoints endpoints, Topic topic, String key, T value) {
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(endpoints.kafka().producer(), new StringSerializer(), new ByteArraySerializer())) {
            byte[] bytes = new AvroSerializer<T>(endpoints.newRegistryClient(), topic).serialize(topic.name(), value);
            producer.send(new ProducerRecord<>(topic.name(), key, bytes)).get();
        } catch (ExecutionException e) {
            throw new CommandFailure(
                    "nothing was written to %s: %s"
                            .formatted(topic.name(), e.getCause().getMessage()),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted while writing to %s".formatted(topic.name()), e);
        }
    }
}
