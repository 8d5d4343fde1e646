package io.tidemark.jobs.windows;

import io.tidemark.contracts.InferenceIds;
import io.tidemark.contracts.avro.Trace;
import java.time.Instant;

/** Single traces for operator tests. */
public final class Traces {

    private Traces() {}

    /** A call of gpt-4o at openai with 1,000 input and 100 output tokens and no cost. */
    public static Trace of(String tenant, String id, long eventMillis) {
        Trace trace = new Traffic(1).trace(id, eventMillis * 1_000);
        trace.setTenant(tenant);
        trace.setInferenceId(InferenceIds.inferenceId(tenant, id, ""));
        trace.setEventTime(Instant.ofEpochMilli(eventMillis));
        trace.getVersion().setBaseModel("gpt-4o");
        trace.setInputTokens(1_000L);
        trace.setOutputTokens(100L);
        return trace;
    }
}
