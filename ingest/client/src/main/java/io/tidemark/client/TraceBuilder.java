package io.tidemark.client;

import io.tidemark.contracts.InferenceIds;
import io.tidemark.contracts.VersionTuple;
import io.tidemark.contracts.avro.InferenceStatus;
import io.tidemark.contracts.avro.ResourceGauges;
import io.tidemark.contracts.avro.Span;
import io.tidemark.contracts.avro.SpanKind;
import io.tidemark.contracts.avro.Trace;
import io.tidemark.contracts.avro.TrafficRole;
import io.tidemark.ingest.validation.BlankTrace;
import io.tidemark.ingest.validation.TraceLimits;
import io.tidemark.ingest.validation.TraceValidator;
import io.tidemark.ingest.validation.Violation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Builds one trace. What is not set stays unknown, which is never 0. For one thread, and for one trace: hand the builder
 * to {@link TraceEmitter#emit(TraceBuilder)}, or ask {@link #build} for the checked trace.
 */
public final class TraceBuilder {

    private static final TraceValidator VALIDATOR = new TraceValidator(TraceLimits.DEFAULT);

    private final Trace trace = BlankTrace.create();

    private TraceBuilder() {}

    /**
     * Starts a trace.
     *
     * @param tenant tenant, not empty
     * @param traceId trace that the inference belongs to, not empty
     * @param finished when the inference finished
     */
    public static TraceBuilder trace(String tenant, String traceId, Instant finished) {
        TraceBuilder builder = new TraceBuilder();
        builder.trace.setTenant(tenant);
        builder.trace.setTraceId(traceId);
        if (finished != null) {
            builder.trace.setEventTime(finished);
        }
        return builder;
    }

    /** What served the request. */
    public TraceBuilder version(VersionTuple version) {
        trace.setVersion(version == null ? null : version.toAvro());
        return this;
    }

    /** Part of the traffic. */
    public TraceBuilder role(TrafficRole role) {
        trace.setRole(role);
        return this;
    }

    /** Intent class. */
    public TraceBuilder intent(String intent) {
        trace.setIntent(intent);
        return this;
    }

    /** Model provider. */
    public TraceBuilder provider(String provider) {
        trace.setProvider(provider);
        return this;
    }

    /** Id of the provider API key, never the key. */
    public TraceBuilder providerKeyId(String id) {
        trace.setProviderKeyId(id);
        return this;
    }

    /** Serving region. */
    public TraceBuilder region(String region) {
        trace.setRegion(region);
        return this;
    }

    /** Experiment cohort or flag group. */
    public TraceBuilder cohort(String cohort) {
        trace.setCohort(cohort);
        return this;
    }

    /** Span of the model call; needed when a trace holds several inferences. */
    public TraceBuilder spanId(String id) {
        trace.setSpanId(id);
        return this;
    }

    /** Session or conversation. */
    public TraceBuilder session(String id) {
        trace.setSessionId(id);
        return this;
    }

    /** Turn of the conversation, from 1. */
    public TraceBuilder turn(int turn) {
        trace.setTurn(turn);
        return this;
    }

    /** How the call ended. */
    public TraceBuilder status(InferenceStatus status) {
        trace.setStatus(status);
        return this;
    }

    /** Class of the error. */
    public TraceBuilder errorClass(String errorClass) {
        trace.setErrorClass(errorClass);
        return this;
    }

    /** HTTP status of the model call. */
    public TraceBuilder httpStatus(int status) {
        trace.setHttpStatus(status);
        return this;
    }

    /** Why generation stopped. */
    public TraceBuilder finishReason(String reason) {
        trace.setFinishReason(reason);
        return this;
    }

    /** Whether the model refused. */
    public TraceBuilder refused(boolean refused) {
        trace.setRefused(refused);
        return this;
    }

    /** Number of guardrail blocks. */
    public TraceBuilder guardrailBlocks(int count) {
        trace.setGuardrailBlocks(count);
        return this;
    }

    /** Number of PII findings. */
    public TraceBuilder piiHits(int count) {
        trace.setPiiHits(count);
        return this;
    }

    /** Whether a jailbreak succeeded. */
    public TraceBuilder jailbreak(boolean jailbreak) {
        trace.setJailbreak(jailbreak);
        return this;
    }

    /** Whether structured output was valid. */
    public TraceBuilder schemaValid(boolean valid) {
        trace.setSchemaValid(valid);
        return this;
    }

    /** Whether the model had to be loaded. */
    public TraceBuilder coldStart(boolean coldStart) {
        trace.setColdStart(coldStart);
        return this;
    }

    /** Retries before the final attempt. */
    public TraceBuilder retries(int count) {
        trace.setRetries(count);
        return this;
    }

    /** Model that was given up. */
    public TraceBuilder fallbackFrom(String model) {
        trace.setFallbackFrom(model);
        return this;
    }

    /** Whether a degraded mode answered. */
    public TraceBuilder degraded(boolean degraded) {
        trace.setDegraded(degraded);
        return this;
    }

    /** Whether a response cache answered. */
    public TraceBuilder cacheHit(boolean hit) {
        trace.setCacheHit(hit);
        return this;
    }

    /** Tool calls. */
    public TraceBuilder toolCalls(int count) {
        trace.setToolCalls(count);
        return this;
    }

    /** Tool calls that failed. */
    public TraceBuilder toolErrors(int count) {
        trace.setToolErrors(count);
        return this;
    }

    /** Waiting time in microseconds. */
    public TraceBuilder queueMicros(long micros) {
        trace.setQueueMicros(micros);
        return this;
    }

    /** Time to first token in microseconds. */
    public TraceBuilder timeToFirstTokenMicros(long micros) {
        trace.setTtftMicros(micros);
        return this;
    }

    /** Mean time per output token after the first, in microseconds. */
    public TraceBuilder timePerOutputTokenMicros(long micros) {
        trace.setTimePerOutputTokenMicros(micros);
        return this;
    }

    /** Time from request to last token in microseconds. */
    public TraceBuilder endToEndMicros(long micros) {
        trace.setEndToEndMicros(micros);
        return this;
    }

    /** Prompt tokens. */
    public TraceBuilder inputTokens(long tokens) {
        trace.setInputTokens(tokens);
        return this;
    }

    /** Generated tokens. */
    public TraceBuilder outputTokens(long tokens) {
        trace.setOutputTokens(tokens);
        return this;
    }

    /** Prompt tokens read from a cache. */
    public TraceBuilder cachedTokens(long tokens) {
        trace.setCachedTokens(tokens);
        return this;
    }

    /** Generated tokens spent on reasoning. */
    public TraceBuilder reasoningTokens(long tokens) {
        trace.setReasoningTokens(tokens);
        return this;
    }

    /** Price of the call in billionths of a US dollar. */
    public TraceBuilder costNanoUsd(long nanoUsd) {
        trace.setCostNanoUsd(nanoUsd);
        return this;
    }

    /** Confidence of the prediction, in [0, 1]. */
    public TraceBuilder confidence(double confidence) {
        trace.setConfidence(confidence);
        return this;
    }

    /** Predicted or output class. */
    public TraceBuilder prediction(String prediction) {
        trace.setPrediction(prediction);
        return this;
    }

    /** State of the serving process. */
    public TraceBuilder resources(ResourceGauges gauges) {
        trace.setResources(gauges);
        return this;
    }

    /** A step of the inference; {@code parentSpanId} and {@code ok} may be null: unknown. */
    public TraceBuilder span(
            String id,
            String parentSpanId,
            SpanKind kind,
            String name,
            Instant start,
            long durationMicros,
            Boolean ok) {
        Span span = BlankTrace.createSpan();
        span.setSpanId(id);
        span.setParentSpanId(parentSpanId);
        span.setKind(kind);
        span.setName(name);
        if (start != null) {
            span.setStartTime(start);
        }
        span.setDurationMicros(durationMicros);
        span.setOk(ok);
        return span(span);
    }

    /** A step of the inference. */
    public TraceBuilder span(Span span) {
        List<Span> spans = new ArrayList<>(trace.getSpans());
        spans.add(span);
        trace.setSpans(spans);
        return this;
    }

    /** Numeric input feature. */
    public TraceBuilder feature(String name, double value) {
        Map<String, Double> features = new HashMap<>(trace.getNumericFeatures());
        features.put(name, value);
        trace.setNumericFeatures(features);
        return this;
    }

    /** Categorical input feature. */
    public TraceBuilder feature(String name, String value) {
        trace.setCategoricalFeatures(with(trace.getCategoricalFeatures(), name, value));
        return this;
    }

    /** Further low-cardinality fact; never prompt text. */
    public TraceBuilder attribute(String name, String value) {
        trace.setAttributes(with(trace.getAttributes(), name, value));
        return this;
    }

    /**
     * Text of a sampled request, already redacted.
     *
     * @param samplingWeight 1 / probability that a text is sampled, at least 1
     */
    public TraceBuilder sampledText(String prompt, String response, double samplingWeight) {
        trace.setPromptText(prompt);
        trace.setResponseText(response);
        trace.setSamplingWeight(samplingWeight);
        return this;
    }

    /**
     * The trace, checked.
     *
     * @throws InvalidTraceException naming every field that breaks its contract
     */
    public Trace build() {
        List<Violation> violations = VALIDATOR.violations(identified());
        if (!violations.isEmpty()) {
            throw new InvalidTraceException(violations);
        }
        return trace;
    }

    /** The trace as it is; the emitter checks it. */
    Trace unchecked() {
        return trace;
    }

    private Trace identified() {
        String spanId = trace.getSpanId() == null ? "" : trace.getSpanId();
        trace.setInferenceId(InferenceIds.inferenceId(trace.getTenant(), trace.getTraceId(), spanId));
        return trace;
    }

    private static Map<String, String> with(Map<String, String> map, String name, String value) {
        Map<String, String> extended = new HashMap<>(map);
        extended.put(name, value);
        return extended;
    }
}
