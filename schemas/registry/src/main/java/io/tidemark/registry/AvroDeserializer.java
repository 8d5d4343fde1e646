package io.tidemark.registry;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads records of any version of a schema as one generated class.
 *
 * @param <T> record class
 */
public final class AvroDeserializer<T extends SpecificRecord> implements Deserializer<T> {

    private final SchemaRegistry registry;
    private final Schema readerSchema;
    private final Map<Integer, SpecificDatumReader<T>> readers = new HashMap<>();
    private BinaryDecoder reused;

    public AvroDeserializer(SchemaRegistry registry, Class<T> type) {
        TrustedRecords.register();
        this.registry = registry;
        this.readerSchema = SpecificData.get().getSchema(type);
    }

    /**
     * Reads one record.
     *
     * @throws NotARecordException when the bytes have no header
     * @throws UnknownSchemaException when the registry has no schema of the record's id
     * @throws SerializationException when the body does not follow its schema
     */
    @Override
    public synchronized T deserialize(String topic, byte[] record) {
        if (record == null) {
            return null;
        }
        int id = WireFormat.schemaId(record);
        SpecificDatumReader<T> reader =
                readers.computeIfAbsent(id, each -> new SpecificDatumReader<>(registry.schemaById(each), readerSchema));
        reused = DecoderFactory.get()
                .binaryDecoder(record, WireFormat.HEADER_BYTES, record.length - WireFormat.HEADER_BYTES, reused);
        try {
            return reader.read(null, reused);
        } catch (IOException | AvroRuntimeException | IndexOutOfBoundsException e) {
            throw new SerializationException(
                    "body does not follow schema %d (%s)".formatted(id, readerSchema.getName()), e);
        }
    }
}
