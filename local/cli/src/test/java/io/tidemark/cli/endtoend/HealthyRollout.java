package io.tidemark.cli.endtoend;

import io.tidemark.cli.replay.TraceProducer;
import io.tidemark.cli.stack.StackEndpoints;
import io.tidemark.contracts.InferenceIds;
import io.tidemark.contracts.VersionTuple;
import io.tidemark.contracts.avro.InferenceStatus;
import io.tidemark.contracts.avro.Trace;
import io.tidemark.contracts.avro.TrafficRole;
import io.tidemark.ingest.validation.BlankTrace;
import java.time.Duration;
import java.time.Instant;

/** A minute of calls of which none fails and none is refused, half of them on the candidate, and a little of the time after. */
final class HealthyRollout {

    static final String TENANT = "healthy";
    static final String CONTROL = "base_model=m1,prompt=h1,eval_pass=e1";
    static final String CANDIDATE = "prompt=h2,eval_pass=e2";

    private static final int CALLS = 8_000;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration AFTER = Duration.ofSeconds(40);

    /** Calls that tell every partition what time it is. */
    private static final int LATER_CALLS = 200;

    private HealthyRollout() {}

    static void send(StackEndpoints endpoints, Instant begin) {
        try (TraceProducer producer = new TraceProducer(endpoints, "", MINUTE)) {
            for (int i = 0; i < CALLS; i++) {
                producer.send(call(i, begin.plus(MINUTE.multipliedBy(i).dividedBy(CALLS))));
            }
            Instant later = begin.plus(MINUTE);
            for (int i = 0; i < LATER_CALLS; i++) {
                producer.send(call(CALLS + i, later.plus(AFTER.multipliedBy(i).dividedBy(LATER_CALLS))));
            }
        }
    }

    private static Trace call(int number, Instant time) {
        boolean isCandidate = number % 2 == 0;
        Trace trace = BlankTrace.create();
        trace.setTenant(TENANT);
        trace.setTraceId("call-" + number);
        trace.setSpanId("llm");
        trace.setInferenceId(InferenceIds.inferenceId(TENANT, trace.getTraceId(), trace.getSpanId()));
        trace.setEventTime(time);
        trace.setVersion(version(isCandidate ? "h2" : "h1", isCandidate ? "e2" : "e1"));
        trace.setRole(isCandidate ? TrafficRole.CANARY : TrafficRole.PRODUCTION);
        trace.setStatus(InferenceStatus.OK);
        trace.setRefused(false);
        return trace;
    }

    private static io.tidemark.contracts.avro.VersionTupleRecord version(String prompt, String evalPass) {
        String unknown = VersionTuple.UNKNOWN;
        return new VersionTuple("m1", unknown, prompt, unknown, unknown, evalPass, unknown).toAvro();
    }
}
