package io.tidemark.gateway.mapping;

import java.util.Locale;

/** A slice field that a span, its parents, its resource or its baggage may name. The names in lower case are those of the dialect files. */
public enum Fact {
    TENANT,
    BASE_MODEL,
    FINE_TUNE,
    PROMPT,
    TOOL_SCHEMA,
    RETRIEVAL_INDEX,
    EVAL_PASS,
    SERVING,
    INTENT,
    ROLE,
    REGION,
    COHORT,
    PROVIDER_KEY_ID,
    SESSION_ID,
    TURN,
    /** Name of a managed prompt: with its version it becomes the prompt when nothing else names one. */
    PROMPT_NAME,
    PROMPT_VERSION;

    private final String fieldName = name().toLowerCase(Locale.ROOT);

    static Fact named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** Name in the span contract. */
    public String fieldName() {
        return fieldName;
    }
}
