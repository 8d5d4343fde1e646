package io.tidemark.jobs.source;

import io.tidemark.contracts.avro.Outcome;
import io.tidemark.registry.AvroDeserializer;
import io.tidemark.registry.NotARecordException;
import io.tidemark.registry.UnknownSchemaException;
import java.util.Optional;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;

/** Takes from the outcomes topic what a job needs of it. What cannot be read is dead-lettered by the sink. */
public abstract class OutcomeSelection<T> implements KafkaRecordDeserializationSchema<T> {

    private static final long serialVersionUID = 1L;

    private final RegistryFactory registry;
    private transient AvroDeserializer<Outcome> deserializer;

    /** A selection that connects to the registry when it is opened. */
    protected OutcomeSelection(RegistryFactory registry) {
        this.registry = registry;
    }

    /** What the job needs of an outcome; empty when it needs nothing of it. */
    protected abstract Optional<T> select(Outcome outcome);

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        deserializer = new AvroDeserializer<>(registry.connect(), Outcome.class);
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<T> target) {
        try {
            Outcome outcome = deserializer.deserialize(record.topic(), record.value());
            Optional.ofNullable(outcome).flatMap(this::select).ifPresent(target::collect);
        } catch (NotARecordException | UnknownSchemaException | SerializationException e) {
            // kept by the sink
        }
    }
}
