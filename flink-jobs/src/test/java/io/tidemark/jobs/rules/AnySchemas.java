package io.tidemark.jobs.rules;

import io.tidemark.registry.SchemaRegistry;
import io.tidemark.registry.UnknownSchemaException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/** The schemas of an operator test: every subject has the schema that was registered first. */
public final class AnySchemas implements SchemaRegistry {

    private static final Map<String, Integer> IDS = new ConcurrentHashMap<>();
    private static final Map<Integer, Schema> SCHEMAS = new ConcurrentHashMap<>();

    @Override
    public int register(String subject, Schema schema) {
        int id = IDS.computeIfAbsent(subject, unused -> IDS.size() + 1);
        SCHEMAS.putIfAbsent(id, schema);
        return id;
    }

    @Override
    public Schema schemaById(int id) {
        Schema schema = SCHEMAS.get(id);
        if (schema == null) {
            throw new UnknownSchemaException("no schema " + id);
        }
        return schema;
    }
}
