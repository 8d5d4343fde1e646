package io.tidemark.gateway.mapping;

/** What one attribute's value does to a span. */
@FunctionalInterface
interface AttributeAction {

    void apply(Object value, SpanDraft draft);
}
