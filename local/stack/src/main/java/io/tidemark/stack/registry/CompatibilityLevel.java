package io.tidemark.stack.registry;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;

/** Which earlier schemas a new schema must get along with, and in which direction; names as in Confluent's interface. */
enum CompatibilityLevel {
    NONE(false, false, false),
    BACKWARD(true, false, false),
    BACKWARD_TRANSITIVE(true, false, true),
    FORWARD(false, true, false),
    FORWARD_TRANSITIVE(false, true, true),
    FULL(true, true, false),
    FULL_TRANSITIVE(true, true, true);

    private final boolean readsOld;
    private final boolean readByOld;
    private final boolean transitive;

    CompatibilityLevel(boolean readsOld, boolean readByOld, boolean transitive) {
        this.readsOld = readsOld;
        this.readByOld = readByOld;
        this.transitive = transitive;
    }

    static CompatibilityLevel parse(String name) {
        for (CompatibilityLevel level : values()) {
            if (level.name().equals(name)) {
                return level;
            }
        }
        throw RegistryError.invalidCompatibility(name);
    }

    /**
     * Why a schema may not follow others; empty when it may.
     *
     * @param earlier schemas of the subject, oldest first
     */
    List<String> objections(Schema schema, List<Schema> earlier) {
        int first = transitive ? 0 : Math.max(0, earlier.size() - 1);
        List<String> objections = new ArrayList<>();
        for (Schema old : earlier.subList(first, earlier.size())) {
            if (readsOld) {
                objections.addAll(read(schema, old, "the new schema cannot read data of the old one"));
            }
            if (readByOld) {
                objections.addAll(read(old, schema, "the old schema cannot read data of the new one"));
            }
        }
        return objections;
    }

    private static List<String> read(Schema reader, Schema writer, String failure) {
        List<String> objections = new ArrayList<>();
        for (Incompatibility incompatibility : SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getResult()
                .getIncompatibilities()) {
            objections.add("%s: %s at %s (%s)"
                    .formatted(
                            failure,
                            incompatibility.getType(),
                            incompatibility.getLocation(),
                            incompatibility.getMessage()));
        }
        return objections;
    }
}
