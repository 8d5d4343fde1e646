package io.tidemark.jobs.windows;

import io.tidemark.contracts.InferenceIds;
import io.tidemark.contracts.avro.InferenceStatus;
import io.tidemark.contracts.avro.Trace;
import io.tidemark.contracts.avro.TrafficRole;
import io.tidemark.contracts.avro.VersionTupleRecord;
import io.tidemark.jobs.source.FixedSchemas;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Traces that look like traffic, the same for the same seed. */
final class Traffic {

    static final long START_MICROS = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli() * 1_000;

    static {
        FixedSchemas.serializer().close();
    }

    private final Random random;

    Traffic(long seed) {
        random = new Random(seed);
    }

    /** Traces spread evenly over some seconds, each up to five seconds out of order. */
    List<Trace> over(int seconds, int count) {
        List<Trace> traces = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long inOrder = (long) seconds * 1_000_000 * i / count;
            long disorder = random.nextInt(5_000_000);
            traces.add(trace("trace-" + i, START_MICROS + Math.max(0, inOrder - disorder)));
        }
        return traces;
    }

    Trace trace(String traceId, long eventMicros) {
        String tenant = "tenant-" + random.nextInt(3);
        boolean failed = random.nextInt(20) == 0;
        Trace trace = Trace.newBuilder()
                .setInferenceId(InferenceIds.inferenceId(tenant, traceId, ""))
                .setTraceId(traceId)
                .setTenant(tenant)
                .setEventTime(java.time.Instant.EPOCH.plus(eventMicros, java.time.temporal.ChronoUnit.MICROS))
                .setVersion(version())
                .setRole(random.nextInt(5) == 0 ? TrafficRole.CANARY : TrafficRole.PRODUCTION)
                .setIntent("intent-" + random.nextInt(4))
                .setProvider("openai")
                .setProviderKeyId("key-" + random.nextInt(2))
                .setStatus(failed ? InferenceStatus.ERROR : InferenceStatus.OK)
                .setInputTokens((long) random.nextInt(4_000))
                .setOutputTokens((long) random.nextInt(1_000))
                .build();
        trace.setHttpStatus(failed ? 503 : 200);
        trace.setRefused(random.nextInt(10) == 0);
        if (random.nextInt(8) != 0) {
            trace.setTtftMicros(50_000L + random.nextInt(2_000_000));
            trace.setEndToEndMicros(100_000L + random.nextInt(9_000_000));
        }
        return trace;
    }

    private VersionTupleRecord version() {
        return VersionTupleRecord.newBuilder()
                .setBaseModel(random.nextBoolean() ? "gpt-4o" : "own-model")
                .setFineTune("none")
                .setPrompt("prompt-" + random.nextInt(3))
                .setToolSchema("none")
                .setRetrievalIndex("none")
                .setEvalPass("eval-1")
                .setServing("vllm")
                .build();
    }
}
