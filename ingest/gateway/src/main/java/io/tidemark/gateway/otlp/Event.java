package io.tidemark.gateway.otlp;

import java.util.Map;

/**
 * A span event or a log event that the mapping knows.
 *
 * @param tenant tenant of its resource
 * @param traceId trace, 32 hex digits
 * @param spanId span, 16 hex digits
 * @param name name of the event
 * @param timeNanos when it happened, nanoseconds since the epoch
 * @param attributes its attributes
 * @param body its body, or null
 */
record Event(
        String tenant,
        String traceId,
        String spanId,
        String name,
        long timeNanos,
        Map<String, Object> attributes,
        Object body) {}
