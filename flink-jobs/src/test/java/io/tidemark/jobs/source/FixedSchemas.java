package io.tidemark.jobs.source;

import io.tidemark.contracts.avro.Trace;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.registry.AvroSerializer;
import io.tidemark.registry.SchemaRegistry;
import io.tidemark.registry.UnknownSchemaException;
import org.apache.avro.Schema;

/** The schemas of an operator test: traces have the id 1, every registration gets the id 2. */
public final class FixedSchemas implements SchemaRegistry {

    public static final int TRACE_ID = 1;
    public static final int REGISTERED_ID = 2;

    @Override
    public int register(String subject, Schema schema) {
        return subject.equals(TopicCatalogue.TRACES.subject()) ? TRACE_ID : REGISTERED_ID;
    }

    @Override
    public Schema schemaById(int id) {
        if (id == TRACE_ID) {
            return Trace.getClassSchema();
        }
        throw new UnknownSchemaException("no schema " + id);
    }

    /** A serializer of traces; building one also makes Avro trust the generated classes. */
    public static AvroSerializer<Trace> serializer() {
        return new AvroSerializer<>(new FixedSchemas(), TopicCatalogue.TRACES);
    }
}
