package io.tidemark.gateway.inference;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.contracts.InferenceIds;
import io.tidemark.contracts.avro.Trace;
import io.tidemark.gateway.otlp.BodyLimits;
import io.tidemark.gateway.otlp.TenantMismatchException;
import io.tidemark.gateway.otlp.TextPolicy;
import io.tidemark.gateway.otlp.TimeWindow;
import io.tidemark.ingest.validation.TraceLimits;
import io.tidemark.ingest.validation.TraceValidator;
import io.tidemark.ingest.validation.Violation;
import java.util.List;

/** Reads finished inferences. */
public final class InferenceBody extends PlainBody<Trace> {

    private final TextPolicy policy;
    private final TimeWindow window;
    private final TraceValidator validator = new TraceValidator(TraceLimits.DEFAULT);

    public InferenceBody(BodyLimits limits, TextPolicy policy, TimeWindow window) {
        super("inference", limits);
        this.policy = policy;
        this.window = window;
    }

    @Override
    Trace read(JsonNode node, String tenant) throws InvalidFieldException, TenantMismatchException {
        Trace trace = (Trace) RecordJson.read(Trace.getClassSchema(), node);
        requireTenant(trace.getTenant(), tenant);
        trace.setTenant(tenant);
        String spanId = trace.getSpanId() == null ? "" : trace.getSpanId();
        trace.setInferenceId(InferenceIds.inferenceId(tenant, trace.getTraceId(), spanId));
        List<Violation> violations = validator.violations(trace);
        if (!violations.isEmpty()) {
            throw new InvalidFieldException(violations.get(0));
        }
        InvalidFieldException.requireWithin(window, "event_time", trace.getEventTime());
        return policy.apply(trace);
    }
}
