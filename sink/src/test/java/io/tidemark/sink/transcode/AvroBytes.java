package io.tidemark.sink.transcode;

import io.tidemark.contracts.topic.Topic;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.registry.AvroSerializer;
import io.tidemark.registry.SchemaRegistry;
import io.tidemark.registry.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificRecord;

/** Writes records as Avro's own library does, under the schema id 1 or with an empty header. */
public final class AvroBytes {

    private AvroBytes() {}

    /** A record under its own schema. */
    public static <T extends SpecificRecord> byte[] of(T each) {
        return serializer(each).serialize("", each);
    }

    /** The product's own serializer, with a registry that gives every schema the id 1. */
    private static <T extends SpecificRecord> AvroSerializer<T> serializer(T each) {
        Topic topic = TopicCatalogue.withSchema().stream()
                .filter(candidate -> candidate.schema().orElseThrow().equals(each.getSchema()))
                .findFirst()
                .orElseThrow();
        return new AvroSerializer<>(new OneSchema(each.getSchema()), topic);
    }

    private record OneSchema(Schema schema) implements SchemaRegistry {
        @Override
        public int register(String subject, Schema registered) {
            return 1;
        }

        @Override
        public Schema schemaById(int id) {
            return schema;
        }
    }

    static byte[] ofGeneric(GenericRecord each) {
        Schema schema = each.getSchema();
        return write(new GenericDatumWriter<GenericRecord>(schema), each);
    }

    private static <T> byte[] write(DatumWriter<T> writer, T each) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(new byte[WireFormat.HEADER_BYTES]);
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        try {
            writer.write(each, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }
}
