package io.tidemark.contracts.trace;

import io.tidemark.contracts.VersionTuple;

/**
 * What traffic can be sliced by, in canonical order. The order is part of every slice key that jobs keep in their state:
 * it never changes, and a new dimension comes last.
 */
public enum Dimension {
    TENANT("tenant", ""),
    BASE_MODEL("base_model", VersionTuple.UNKNOWN),
    FINE_TUNE("fine_tune", VersionTuple.UNKNOWN),
    PROMPT("prompt", VersionTuple.UNKNOWN),
    TOOL_SCHEMA("tool_schema", VersionTuple.UNKNOWN),
    RETRIEVAL_INDEX("retrieval_index", VersionTuple.UNKNOWN),
    EVAL_PASS("eval_pass", VersionTuple.UNKNOWN),
    SERVING("serving", VersionTuple.UNKNOWN),
    INTENT("intent", "unknown"),
    ROLE("role", "UNKNOWN"),
    PROVIDER("provider", null),
    PROVIDER_KEY("provider_key_id", null),
    REGION("region", null),
    COHORT("cohort", null);

    private final String fieldName;
    private final String defaultText;

    Dimension(String fieldName, String defaultText) {
        this.fieldName = fieldName;
        this.defaultText = defaultText;
    }

    /** Name of the field in the trace, or in its version tuple. */
    public String fieldName() {
        return fieldName;
    }

    /** Value of a trace whose writer did not know the field; null where that means unknown. */
    String defaultText() {
        return defaultText;
    }

    /** Whether this is one of the seven components of the version tuple. */
    public boolean isVersionComponent() {
        return compareTo(BASE_MODEL) >= 0 && compareTo(SERVING) <= 0;
    }
}
