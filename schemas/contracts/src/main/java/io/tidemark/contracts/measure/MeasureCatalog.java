package io.tidemark.contracts.measure;

import static io.tidemark.contracts.measure.Measure.UNKNOWN;

import io.tidemark.contracts.avro.InferenceStatus;
import io.tidemark.contracts.avro.SpanKind;
import io.tidemark.contracts.measure.Measure.Kind;
import io.tidemark.contracts.trace.InferenceEvent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * The one place where a measure of the traffic is declared. The windows job counts what is listed here, the sink makes a
 * column of it, and the documentation a row. To add a measure, add a line
 * at the end: the state of jobs names a measure by its position.
 */
public final class MeasureCatalog {

    private static final int ERROR = InferenceStatus.ERROR.ordinal();
    private static final int TIMEOUT = InferenceStatus.TIMEOUT.ordinal();
    private static final int CANCELLED = InferenceStatus.CANCELLED.ordinal();
    private static final int STATUS_UNKNOWN = InferenceStatus.UNKNOWN.ordinal();
    private static final long TOO_MANY_REQUESTS = 429;
    private static final long PER_MILLE_SCALE = 1_000;
    private static final long MICRO_SCALE = 1_000_000;

    private static final List<Measure> ALL = List.of(
            // how calls end
            flag("errors", "calls that failed or timed out", e -> status(e, e.status == ERROR || e.status == TIMEOUT)),
            flag("errors_4xx", "failed calls with an HTTP status 400-499", e -> failedWith(e, 4)),
            flag("errors_5xx", "failed calls with an HTTP status 500-599", e -> failedWith(e, 5)),
            flag("rate_limited", "calls answered with HTTP status 429", e -> equal(e.httpStatus, TOO_MANY_REQUESTS)),
            flag("timeouts", "calls that timed out", e -> status(e, e.status == TIMEOUT)),
            flag("cancelled", "calls that the caller gave up", e -> status(e, e.status == CANCELLED)),
            // behaviour and safety
            flag("refusals", "calls that the model refused", e -> e.refused),
            flag("guardrail_blocked", "calls with at least one guardrail block", e -> positive(e.guardrailBlocks)),
            flag("pii_found", "calls with at least one PII finding", e -> positive(e.piiHits)),
            flag("jailbreaks", "calls in which a jailbreak succeeded", e -> e.jailbreak),
            flag("schema_invalid", "calls whose structured output was invalid", e -> not(e.schemaValid)),
            flag("retried", "calls that needed a retry", e -> positive(e.retries)),
            always("fallbacks", "calls answered by a fallback model", e -> e.fallback),
            flag("degraded", "calls answered in a degraded mode", e -> e.degraded),
            flag("cache_hits", "calls answered by a response cache", e -> e.cacheHit),
            flag("cold_starts", "calls that waited for the model to load", e -> e.coldStart),
            always("unknown_version", "calls with an unknown component in the version tuple", e -> e.unknownVersion),
            sum("tool_calls", "calls", "tool calls", e -> e.toolCalls),
            sum("tool_errors", "calls", "tool calls that failed", e -> e.toolErrors),
            // cost
            sum("cached_tokens", "tokens", "prompt tokens read from a cache", e -> e.cachedTokens),
            sum("reasoning_tokens", "tokens", "generated tokens spent on reasoning", e -> e.reasoningTokens),
            flag("cost_estimated", "calls whose cost came from the price table", e -> e.costEstimated),
            distribution("input_tokens", "tokens", 1, "prompt tokens", e -> e.inputTokens),
            distribution("output_tokens", "tokens", 1, "generated tokens", e -> e.outputTokens),
            distribution("cost_nano_usd", "nano-USD", 1, "cost of a call", e -> e.costNanoUsd),
            // latency
            millis("ttft", "time to first token", e -> e.ttftMicros),
            millis("time_per_output_token", "time per output token after the first", e -> e.timePerOutputTokenMicros),
            millis("end_to_end", "request to last token", e -> e.endToEndMicros),
            millis("queue", "waiting before the model started", e -> e.queueMicros),
            millis("stage_queue", "time in spans of kind queue", e -> e.spanMicros(SpanKind.QUEUE)),
            millis("stage_prefill", "time in spans of kind prefill", e -> e.spanMicros(SpanKind.PREFILL)),
            millis("stage_decode", "time in spans of kind decode", e -> e.spanMicros(SpanKind.DECODE)),
            millis("stage_retrieval", "time in spans of kind retrieval", e -> e.spanMicros(SpanKind.RETRIEVAL)),
            millis("stage_tool", "time in spans of kind tool", e -> e.spanMicros(SpanKind.TOOL)),
            millis("stage_guardrail", "time in spans of kind guardrail", e -> e.spanMicros(SpanKind.GUARDRAIL)),
            // quality without labels, conversations, resources
            distribution("confidence", "share", MICRO_SCALE, "confidence of the prediction", e -> e.confidenceMicros),
            distribution("conversation_depth", "turns", 1, "turn of the conversation", e -> e.turn),
            distribution("queue_depth", "requests", 1, "requests waiting at the server", e -> e.queueDepth),
            distribution("tokens_in_flight", "tokens", 1, "tokens in process at the server", e -> e.tokensInFlight),
            utilization("cpu_utilization", "CPU utilisation of the server", e -> e.cpuUtilizationMicros),
            utilization("gpu_utilization", "GPU utilisation of the server", e -> e.gpuUtilizationMicros),
            utilization("memory_utilization", "memory utilisation of the server", e -> e.memoryUtilizationMicros),
            utilization("kv_cache_utilization", "KV-cache utilisation", e -> e.kvCacheUtilizationMicros));

    private static final Map<String, Measure> BY_NAME = byName();

    private MeasureCatalog() {}

    /** Every measure, in the order of the documentation. */
    public static List<Measure> all() {
        return ALL;
    }

    /** The measure of that name.
     *
     * @throws IllegalArgumentException when there is none; the message lists the names
     */
    public static Measure named(String name) {
        Measure measure = BY_NAME.get(name);
        if (measure == null) {
            throw new IllegalArgumentException("no measure '%s'; known are %s".formatted(name, BY_NAME.keySet()));
        }
        return measure;
    }

    private static Map<String, Measure> byName() {
        Map<String, Measure> measures = new LinkedHashMap<>();
        for (Measure measure : ALL) {
            if (measures.put(measure.name(), measure) != null) {
                throw new IllegalStateException("measure '%s' is declared twice".formatted(measure.name()));
            }
        }
        return measures;
    }

    private static Measure flag(String name, String description, ToLongFunction<InferenceEvent> extractor) {
        return new Measure(name, Kind.COUNT, "calls", 1, true, description, extractor);
    }

    private static Measure always(String name, String description, ToLongFunction<InferenceEvent> extractor) {
        return new Measure(name, Kind.COUNT, "calls", 1, false, description, extractor);
    }

    private static Measure sum(String name, String unit, String description, ToLongFunction<InferenceEvent> extractor) {
        return new Measure(name, Kind.SUM, unit, 1, true, description, extractor);
    }

    private static Measure millis(String name, String description, ToLongFunction<InferenceEvent> extractor) {
        return distribution(name, "ms", PER_MILLE_SCALE, description, extractor);
    }

    private static Measure utilization(String name, String description, ToLongFunction<InferenceEvent> extractor) {
        return distribution(name, "share", MICRO_SCALE, description, extractor);
    }

    private static Measure distribution(
            String name, String unit, long scale, String description, ToLongFunction<InferenceEvent> extractor) {
        return new Measure(name, Kind.DISTRIBUTION, unit, scale, true, description, extractor);
    }

    private static long status(InferenceEvent event, boolean holds) {
        return event.status == STATUS_UNKNOWN ? UNKNOWN : bit(holds);
    }

    private static long failedWith(InferenceEvent event, long hundreds) {
        if (event.status == STATUS_UNKNOWN) {
            return UNKNOWN;
        }
        if (event.status != ERROR && event.status != TIMEOUT) {
            return 0;
        }
        return event.httpStatus == UNKNOWN ? UNKNOWN : bit(event.httpStatus / 100 == hundreds);
    }

    private static long equal(long value, long wanted) {
        return value == UNKNOWN ? UNKNOWN : bit(value == wanted);
    }

    private static long positive(long value) {
        return value == UNKNOWN ? UNKNOWN : bit(value > 0);
    }

    private static long not(long flag) {
        return flag == UNKNOWN ? UNKNOWN : 1 - flag;
    }

    private static long bit(boolean holds) {
        return holds ? 1 : 0;
    }
}
