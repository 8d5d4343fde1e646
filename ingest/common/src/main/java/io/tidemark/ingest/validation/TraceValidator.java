package io.tidemark.ingest.validation;

import io.tidemark.contracts.avro.ResourceGauges;
import io.tidemark.contracts.avro.Span;
import io.tidemark.contracts.avro.Trace;
import java.time.Instant;
import java.util.List;

/**
 * Checks a trace against its contract before it goes to Kafka. A broken rule is a {@link Violation} that names field,
 * value and rule. Null is allowed wherever the schema allows it: it means unknown. Whether an event time lies too far in
 * the future is not asked here, because that depends on the broker's clock.
 */
public final class TraceValidator {

    private final TraceLimits limits;

    public TraceValidator(TraceLimits limits) {
        this.limits = limits;
    }

    /** Every broken rule, in the order of the schema; empty when the trace keeps its contract. */
    public List<Violation> violations(Trace trace) {
        FieldChecks checks = new FieldChecks(limits);
        identity(checks, trace);
        checks.version(trace.getVersion());
        outcome(checks, trace);
        measures(checks, trace);
        resources(checks, trace.getResources());
        spans(checks, trace.getSpans());
        contents(checks, trace);
        return checks.found();
    }

    private static void identity(FieldChecks checks, Trace trace) {
        checks.requiredName("inference_id", trace.getInferenceId());
        checks.afterEpoch("event_time", trace.getEventTime());
        checks.requiredName("tenant", trace.getTenant());
        checks.present("role", trace.getRole());
        checks.requiredName("intent", trace.getIntent());
        checks.name("provider", trace.getProvider());
        checks.name("provider_key_id", trace.getProviderKeyId());
        checks.name("region", trace.getRegion());
        checks.name("cohort", trace.getCohort());
        checks.requiredName("trace_id", trace.getTraceId());
        checks.name("span_id", trace.getSpanId());
        checks.name("session_id", trace.getSessionId());
        checks.positive("turn", trace.getTurn());
    }

    private static void outcome(FieldChecks checks, Trace trace) {
        checks.present("status", trace.getStatus());
        checks.name("error_class", trace.getErrorClass());
        checks.httpStatus("http_status", trace.getHttpStatus());
        checks.name("finish_reason", trace.getFinishReason());
        checks.notNegative("guardrail_blocks", trace.getGuardrailBlocks());
        checks.notNegative("pii_hits", trace.getPiiHits());
        checks.notNegative("retries", trace.getRetries());
        checks.name("fallback_from", trace.getFallbackFrom());
        checks.notNegative("tool_calls", trace.getToolCalls());
        checks.notNegative("tool_errors", trace.getToolErrors());
    }

    private static void measures(FieldChecks checks, Trace trace) {
        checks.notNegative("queue_micros", trace.getQueueMicros());
        checks.notNegative("ttft_micros", trace.getTtftMicros());
        checks.notNegative("time_per_output_token_micros", trace.getTimePerOutputTokenMicros());
        checks.notNegative("end_to_end_micros", trace.getEndToEndMicros());
        checks.notNegative("input_tokens", trace.getInputTokens());
        checks.notNegative("output_tokens", trace.getOutputTokens());
        checks.notNegative("cached_tokens", trace.getCachedTokens());
        checks.notNegative("reasoning_tokens", trace.getReasoningTokens());
        checks.notNegative("cost_nano_usd", trace.getCostNanoUsd());
        checks.share("confidence", trace.getConfidence());
        checks.name("prediction", trace.getPrediction());
    }

    private static void resources(FieldChecks checks, ResourceGauges resources) {
        if (resources == null) {
            return;
        }
        FieldChecks inside = checks.inside("resources.");
        inside.notNegative("queue_depth", resources.getQueueDepth());
        inside.notNegative("tokens_in_flight", resources.getTokensInFlight());
        inside.share("cpu_utilization", resources.getCpuUtilization());
        inside.share("gpu_utilization", resources.getGpuUtilization());
        inside.share("memory_utilization", resources.getMemoryUtilization());
        inside.share("kv_cache_utilization", resources.getKvCacheUtilization());
    }

    private void spans(FieldChecks checks, List<Span> spans) {
        if (spans == null) {
            checks.violation("spans", "null", "must be set; empty when there are none");
            return;
        }
        if (spans.size() > limits.spans()) {
            checks.violation("spans", spans.size() + " spans", "must have at most %d spans".formatted(limits.spans()));
            return;
        }
        for (int i = 0; i < spans.size(); i++) {
            String place = "spans[" + i + "]";
            checks.present(place, spans.get(i));
            if (spans.get(i) != null) {
                span(checks.inside(place + "."), spans.get(i));
            }
        }
    }

    private void span(FieldChecks checks, Span span) {
        checks.name("span_id", span.getSpanId());
        checks.present("span_id", span.getSpanId());
        checks.name("parent_span_id", span.getParentSpanId());
        checks.present("kind", span.getKind());
        checks.present("name", span.getName());
        checks.name("name", span.getName());
        if (span.getStartTime() == null || span.getStartTime().isBefore(Instant.EPOCH)) {
            checks.violation("start_time", String.valueOf(span.getStartTime()), "must not lie before " + Instant.EPOCH);
        }
        checks.notNegative("duration_micros", span.getDurationMicros());
        checks.texts("attributes", span.getAttributes(), limits.attributes());
    }

    private void contents(FieldChecks checks, Trace trace) {
        checks.numbers("numeric_features", trace.getNumericFeatures(), limits.features());
        checks.texts("categorical_features", trace.getCategoricalFeatures(), limits.features());
        checks.texts("attributes", trace.getAttributes(), limits.attributes());
        checks.weight("sampling_weight", trace.getSamplingWeight());
        checks.text("prompt_text", trace.getPromptText(), limits.textBytes());
        checks.text("response_text", trace.getResponseText(), limits.textBytes());
    }
}
