package io.tidemark.gateway.mapping;

/** What a span event or a log event holds. */
public enum EventKind {
    /** A part of the prompt. */
    PROMPT,
    /** A part of the response. */
    RESPONSE,
    /** Prompt and response in attributes with the names of span attributes. */
    DETAILS,
    /** Something learned about the call: feedback or a judge's score. */
    OUTCOME
}
