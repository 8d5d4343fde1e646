package io.tidemark.client;

import java.time.Instant;

/** Small valid traces. */
final class Traces {

    static final Instant FINISHED = Instant.parse("2026-01-01T00:00:00Z");

    private Traces() {}

    static TraceBuilder numbered(int number) {
        return TraceBuilder.trace("acme", "trace-" + number, FINISHED).inputTokens(number);
    }
}
