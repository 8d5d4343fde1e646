package io.tidemark.sink.table;

import java.util.List;
import org.apache.avro.Schema;

/** Questions to ask of a schema. */
final class Schemas {

    private Schemas() {}

    /** The other branch of a union of null and one type; any other schema as it is. */
    static Schema withoutNull(Schema schema) {
        if (schema.getType() != Schema.Type.UNION) {
            return schema;
        }
        List<Schema> others = schema.getTypes().stream()
                .filter(branch -> branch.getType() != Schema.Type.NULL)
                .toList();
        if (others.size() != 1) {
            throw new IllegalArgumentException("only unions of null and one type can be stored, not " + schema);
        }
        return others.get(0);
    }
}
