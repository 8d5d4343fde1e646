package io.tidemark.ingest.validation;

import java.util.Objects;

/**
 * One broken rule of a trace.
 *
 * @param field name in the Avro schema, with the path into nested records, for example {@code spans[3].duration_micros}
 * @param value the value, shortened; for texts that may hold personal data only their size
 * @param rule what the value must be, to be read after the value
 */
public record Violation(String field, String value, String rule) {

    public Violation {
        Objects.requireNonNull(field, "field is null");
        Objects.requireNonNull(value, "value is null");
        Objects.requireNonNull(rule, "rule is null");
    }

    /** One sentence for people: {@code input_tokens = '-1' must be >= 0}. */
    public String message() {
        return "%s = '%s' %s".formatted(field, value, rule);
    }
}
