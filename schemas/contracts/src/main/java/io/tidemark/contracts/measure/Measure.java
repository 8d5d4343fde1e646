package io.tidemark.contracts.measure;

import io.tidemark.contracts.trace.InferenceEvent;
import java.util.Objects;
import java.util.function.ToLongFunction;

/**
 * One measure of the traffic: its name, its unit, and how an inference contributes to it.
 *
 * @param name snake_case name; column names in SQL derive from it
 * @param kind how contributions are combined
 * @param unit unit of the value that analysts see
 * @param scale fixed-point units per unit: 1000 for a value in milliseconds that is kept in microseconds
 * @param nullable whether an inference may leave it unknown; then {@code <name>_known} tells on how many it rests
 * @param description one line for the documentation
 * @param extractor contribution of an inference in fixed-point units, or {@link #UNKNOWN}
 */
public record Measure(
        String name,
        Kind kind,
        String unit,
        long scale,
        boolean nullable,
        String description,
        ToLongFunction<InferenceEvent> extractor) {

    /** Says that an inference does not tell; never confused with zero. */
    public static final long UNKNOWN = Long.MIN_VALUE;

    /** How contributions are combined. */
    public enum Kind {
        /** Number of inferences for which something holds: contributions are 0 or 1. */
        COUNT,
        /** Sum of the contributions. */
        SUM,
        /** Sum, minimum, maximum and histogram of the contributions. */
        DISTRIBUTION
    }

    public Measure {
        Objects.requireNonNull(name, "name is null");
        Objects.requireNonNull(kind, "kind is null");
        Objects.requireNonNull(extractor, "extractor is null");
        if (!name.matches("[a-z][a-z0-9_]*")) {
            throw new IllegalArgumentException("measure name '%s' is not snake_case".formatted(name));
        }
        if (scale < 1) {
            throw new IllegalArgumentException("scale of measure '%s' must be >= 1, got %d".formatted(name, scale));
        }
    }
}
