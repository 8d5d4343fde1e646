package io.tidemark.assembly.trace;

/** Who named a slice field of an inference. In the order in which they are asked. */
public enum FactSource {
    SPAN,
    PARENT,
    RESOURCE,
    BAGGAGE,
    /** Nobody. */
    UNKNOWN
}
