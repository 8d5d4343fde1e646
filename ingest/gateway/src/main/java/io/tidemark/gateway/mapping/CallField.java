package io.tidemark.gateway.mapping;

import io.tidemark.contracts.avro.ResourceGauges;
import io.tidemark.contracts.avro.Trace;
import java.util.Locale;
import java.util.function.BiConsumer;

/** What a span can say about its model call. The names in lower case are those of the dialect files. */
@SuppressWarnings("ImmutableEnumChecker") // the setters hold no state
public enum CallField {
    PROVIDER(ValueKind.NAME, (trace, value) -> trace.setProvider((String) value)),
    OPERATION(ValueKind.NAME, attribute("operation")),
    REQUEST_MODEL(ValueKind.NAME, attribute("request_model")),
    RESPONSE_MODEL(ValueKind.NAME, attribute("response_model")),
    INPUT_TOKENS(ValueKind.COUNT, (trace, value) -> trace.setInputTokens((Long) value)),
    OUTPUT_TOKENS(ValueKind.COUNT, (trace, value) -> trace.setOutputTokens((Long) value)),
    CACHED_TOKENS(ValueKind.COUNT, (trace, value) -> trace.setCachedTokens((Long) value)),
    REASONING_TOKENS(ValueKind.COUNT, (trace, value) -> trace.setReasoningTokens((Long) value)),
    COST_NANO_USD(ValueKind.SCALED, (trace, value) -> trace.setCostNanoUsd((Long) value)),
    FINISH_REASON(ValueKind.NAME, (trace, value) -> trace.setFinishReason((String) value)),
    QUEUE_MICROS(ValueKind.SCALED, (trace, value) -> trace.setQueueMicros((Long) value)),
    TTFT_MICROS(ValueKind.SCALED, (trace, value) -> trace.setTtftMicros((Long) value)),
    TIME_PER_OUTPUT_TOKEN_MICROS(ValueKind.SCALED, (trace, value) -> trace.setTimePerOutputTokenMicros((Long) value)),
    END_TO_END_MICROS(ValueKind.SCALED, (trace, value) -> trace.setEndToEndMicros((Long) value)),
    /** When the first token came; becomes the time to it. */
    FIRST_TOKEN_TIME(ValueKind.TIME, (trace, value) -> {}),
    ERROR_CLASS(ValueKind.NAME, (trace, value) -> trace.setErrorClass((String) value)),
    /** The word ERROR says that the call failed. */
    ERROR_LEVEL(ValueKind.NAME, (trace, value) -> {}),
    HTTP_STATUS(ValueKind.COUNT, CallField::setHttpStatus),
    REFUSED(ValueKind.FLAG, (trace, value) -> trace.setRefused((Boolean) value)),
    JAILBREAK(ValueKind.FLAG, (trace, value) -> trace.setJailbreak((Boolean) value)),
    SCHEMA_VALID(ValueKind.FLAG, (trace, value) -> trace.setSchemaValid((Boolean) value)),
    COLD_START(ValueKind.FLAG, (trace, value) -> trace.setColdStart((Boolean) value)),
    DEGRADED(ValueKind.FLAG, (trace, value) -> trace.setDegraded((Boolean) value)),
    CACHE_HIT(ValueKind.FLAG, (trace, value) -> trace.setCacheHit((Boolean) value)),
    RETRIES(ValueKind.COUNT, (trace, value) -> trace.setRetries(whole(value))),
    GUARDRAIL_BLOCKS(ValueKind.COUNT, (trace, value) -> trace.setGuardrailBlocks(whole(value))),
    PII_HITS(ValueKind.COUNT, (trace, value) -> trace.setPiiHits(whole(value))),
    FALLBACK_FROM(ValueKind.NAME, (trace, value) -> trace.setFallbackFrom((String) value)),
    CONFIDENCE(ValueKind.SHARE, (trace, value) -> trace.setConfidence((Double) value)),
    PREDICTION(ValueKind.NAME, (trace, value) -> trace.setPrediction((String) value)),
    QUEUE_DEPTH(ValueKind.COUNT, (trace, value) -> gauges(trace).setQueueDepth((Long) value)),
    TOKENS_IN_FLIGHT(ValueKind.COUNT, (trace, value) -> gauges(trace).setTokensInFlight((Long) value)),
    GPU_UTILIZATION(ValueKind.SHARE, (trace, value) -> gauges(trace).setGpuUtilization((Double) value)),
    KV_CACHE_UTILIZATION(ValueKind.SHARE, (trace, value) -> gauges(trace).setKvCacheUtilization((Double) value));

    private static final int HTTP_LOWEST = 100;
    private static final int HTTP_HIGHEST = 599;

    private final ValueKind kind;
    private final BiConsumer<Trace, Object> setter;

    CallField(ValueKind kind, BiConsumer<Trace, Object> setter) {
        this.kind = kind;
        this.setter = setter;
    }

    static CallField named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    ValueKind kind() {
        return kind;
    }

    /** @param trace with maps that may be added to */
    void set(Trace trace, Object value) {
        setter.accept(trace, value);
    }

    private static BiConsumer<Trace, Object> attribute(String name) {
        return (trace, value) -> trace.getAttributes().put(name, (String) value);
    }

    private static Integer whole(Object value) {
        long number = (Long) value;
        return number > Integer.MAX_VALUE ? null : (Integer) (int) number;
    }

    private static void setHttpStatus(Trace trace, Object value) {
        long status = (Long) value;
        if (status >= HTTP_LOWEST && status <= HTTP_HIGHEST) {
            trace.setHttpStatus((int) status);
        }
    }

    private static ResourceGauges gauges(Trace trace) {
        if (trace.getResources() == null) {
            trace.setResources(new ResourceGauges());
        }
        return trace.getResources();
    }
}
