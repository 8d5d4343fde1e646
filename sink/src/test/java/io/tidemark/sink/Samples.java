package io.tidemark.sink;

import io.tidemark.contracts.InferenceIds;
import io.tidemark.contracts.VersionTuple;
import io.tidemark.contracts.avro.InferenceStatus;
import io.tidemark.contracts.avro.ResourceGauges;
import io.tidemark.contracts.avro.Span;
import io.tidemark.contracts.avro.SpanKind;
import io.tidemark.contracts.avro.Trace;
import io.tidemark.contracts.avro.TrafficRole;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Records for tests; each number leads to the same record for ever. */
public final class Samples {

    /** Event time of the first trace. */
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private Samples() {}

    /** A trace with every common field and three spans; one in ten fails. */
    public static Trace trace(int number) {
        String tenant = "tenant-" + number % 3;
        String traceId = "trace-" + number;
        Instant time = START.plusSeconds(number);
        return Trace.newBuilder()
                .setInferenceId(InferenceIds.inferenceId(tenant, traceId, "s"))
                .setEventTime(time)
                .setTenant(tenant)
                .setVersion(version(number % 2).toAvro())
                .setRole(number % 5 == 0 ? TrafficRole.CANARY : TrafficRole.PRODUCTION)
                .setIntent("intent-" + number % 4)
                .setProvider("provider")
                .setRegion("eu")
                .setTraceId(traceId)
                .setSpanId("s")
                .setTurn(number % 7 + 1)
                .setStatus(number % 10 == 0 ? InferenceStatus.ERROR : InferenceStatus.OK)
                .setHttpStatus(number % 10 == 0 ? 503 : 200)
                .setRefused(number % 20 == 1)
                .setTtftMicros(1_000L * (number % 100 + 1))
                .setEndToEndMicros(10_000L * (number % 100 + 1))
                .setInputTokens(100L + number % 50)
                .setOutputTokens(10L)
                .setCostNanoUsd(1_000_000L)
                .setConfidence(0.5)
                .setResources(new ResourceGauges(3L, null, 0.25, null, null, null))
                .setSpans(spans(time))
                .setNumericFeatures(Map.of("length", 12.5))
                .setAttributes(Map.of("app", "chat"))
                .build();
    }

    /** One of two versions that differ in their prompt. */
    public static VersionTuple version(int number) {
        return new VersionTuple("model-a", "none", "prompt-" + number, "tools-1", "none", "eval-1", "engine-1");
    }

    private static List<Span> spans(Instant time) {
        List<Span> spans = new ArrayList<>();
        for (SpanKind kind : List.of(SpanKind.QUEUE, SpanKind.PREFILL, SpanKind.DECODE)) {
            spans.add(new Span("s." + kind, "s", kind, "step", time, 500L, null, Map.of("k", "v")));
        }
        return spans;
    }
}
