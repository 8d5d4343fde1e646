package io.tidemark.sink.service;

import io.tidemark.contracts.topic.RefusalReason;
import io.tidemark.registry.NotARecordException;
import io.tidemark.registry.SchemaRegistry;
import io.tidemark.registry.UnknownSchemaException;
import io.tidemark.registry.WireFormat;
import io.tidemark.sink.transcode.Refusal;
import io.tidemark.sink.transcode.RowWriter;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Turns a Kafka record into a row of a batch, or says why not. */
final class RowBuilder {

    private final SchemaRegistry registry;

    RowBuilder(SchemaRegistry registry) {
        this.registry = registry;
    }

    /**
     * Adds a record to a batch. A record without a value, such as the end marker of a replay, adds nothing.
     *
     * @throws io.tidemark.registry.RegistryUnavailableException when the schema cannot be fetched now; nothing was added
     */
    void add(ConsumerRecord<byte[], byte[]> record, Batch batch) {
        if (record.value() == null) {
            return;
        }
        append(record, batch.writer()).ifPresent(refusal -> batch.refused().add(new Batch.Refused(record, refusal)));
    }

    private Optional<Refusal> append(ConsumerRecord<byte[], byte[]> record, RowWriter writer) {
        int schemaId;
        try {
            schemaId = WireFormat.schemaId(record.value());
        } catch (NotARecordException e) {
            return Optional.of(new Refusal(RefusalReason.NOT_A_RECORD, e.getMessage()));
        }
        if (!writer.knows(schemaId)) {
            try {
                writer.learn(schemaId, registry.schemaById(schemaId));
            } catch (UnknownSchemaException e) {
                return Optional.of(new Refusal(RefusalReason.UNKNOWN_SCHEMA_ID, "schema id " + schemaId));
            }
        }
        return writer.append(schemaId, record.value(), record.timestamp());
    }
}
