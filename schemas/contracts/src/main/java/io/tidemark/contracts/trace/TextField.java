package io.tidemark.contracts.trace;

import java.util.Locale;
import org.apache.avro.Schema;

/**
 * A field of a trace that is neither number nor dimension, and that a job may want the bytes of. The projection only notes
 * where they lie. A map is the blocks of its Avro encoding.
 */
public enum TextField {
    PREDICTION(Schema.Type.STRING),
    FINISH_REASON(Schema.Type.STRING),
    PROMPT_TEXT(Schema.Type.STRING),
    RESPONSE_TEXT(Schema.Type.STRING),
    /** Map of text to double. */
    NUMERIC_FEATURES(Schema.Type.DOUBLE),
    /** Map of text to text. */
    CATEGORICAL_FEATURES(Schema.Type.STRING);

    private final Schema.Type leaf;

    TextField(Schema.Type leaf) {
        this.leaf = leaf;
    }

    String fieldName() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean isMap() {
        return this == NUMERIC_FEATURES || this == CATEGORICAL_FEATURES;
    }

    /** Whether the writer's field has the bytes that we read. */
    boolean accepts(Schema schema) {
        return isMap()
                ? schema.getType() == Schema.Type.MAP && schema.getValueType().getType() == leaf
                : schema.getType() == leaf;
    }
}
