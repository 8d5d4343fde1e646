package io.tidemark.assembly.trace;

/**
 * A slice field of an inference, and where it came from.
 *
 * @param value the value; null when nobody named one
 * @param source who named it
 * @param spanId span that named it, or whose resource or baggage did; null when nobody did
 */
public record ResolvedFact(String value, FactSource source, String spanId) {

    static final ResolvedFact NONE = new ResolvedFact(null, FactSource.UNKNOWN, null);

    /** The value, or another. */
    public String valueOr(String other) {
        return value == null ? other : value;
    }
}
