package io.tidemark.contracts.trace;

import java.util.Locale;

/** A numeric field of a trace, and where its value goes. The names are those of the Avro fields. */
enum NumberField {
    EVENT_TIME,
    STATUS,
    ROLE,
    HTTP_STATUS,
    TURN,
    REFUSED,
    JAILBREAK,
    SCHEMA_VALID,
    COLD_START,
    DEGRADED,
    CACHE_HIT,
    FALLBACK_FROM,
    GUARDRAIL_BLOCKS,
    PII_HITS,
    RETRIES,
    TOOL_CALLS,
    TOOL_ERRORS,
    QUEUE_MICROS,
    TTFT_MICROS,
    TIME_PER_OUTPUT_TOKEN_MICROS,
    END_TO_END_MICROS,
    INPUT_TOKENS,
    OUTPUT_TOKENS,
    CACHED_TOKENS,
    REASONING_TOKENS,
    COST_NANO_USD,
    CONFIDENCE,
    QUEUE_DEPTH,
    TOKENS_IN_FLIGHT,
    CPU_UTILIZATION,
    GPU_UTILIZATION,
    MEMORY_UTILIZATION,
    KV_CACHE_UTILIZATION,
    SPAN_KIND,
    SPAN_DURATION;

    private static final double MICRO = 1e6;

    String fieldName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Fixed-point value of a real number: millionths for shares, whole units for the rest; unknown when not finite. */
    long fixedPoint(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return InferenceEvent.UNKNOWN;
        }
        return Math.round(isShare() ? value * MICRO : value);
    }

    private boolean isShare() {
        return this == CONFIDENCE || compareTo(CPU_UTILIZATION) >= 0 && compareTo(KV_CACHE_UTILIZATION) <= 0;
    }

    void assign(InferenceEvent event, long value) {
        switch (this) {
            case EVENT_TIME -> event.eventTimeMicros = value;
            case STATUS -> event.status = (int) value;
            case ROLE -> event.role = (int) value;
            case HTTP_STATUS -> event.httpStatus = value;
            case TURN -> event.turn = value;
            case REFUSED -> event.refused = value;
            case JAILBREAK -> event.jailbreak = value;
            case SCHEMA_VALID -> event.schemaValid = value;
            case COLD_START -> event.coldStart = value;
            case DEGRADED -> event.degraded = value;
            case CACHE_HIT -> event.cacheHit = value;
            case FALLBACK_FROM -> event.fallback = value;
            case GUARDRAIL_BLOCKS -> event.guardrailBlocks = value;
            case PII_HITS -> event.piiHits = value;
            case RETRIES -> event.retries = value;
            case TOOL_CALLS -> event.toolCalls = value;
            case TOOL_ERRORS -> event.toolErrors = value;
            case QUEUE_MICROS -> event.queueMicros = value;
            case TTFT_MICROS -> event.ttftMicros = value;
            case TIME_PER_OUTPUT_TOKEN_MICROS -> event.timePerOutputTokenMicros = value;
            case END_TO_END_MICROS -> event.endToEndMicros = value;
            case INPUT_TOKENS -> event.inputTokens = value;
            case OUTPUT_TOKENS -> event.outputTokens = value;
            case CACHED_TOKENS -> event.cachedTokens = value;
            case REASONING_TOKENS -> event.reasoningTokens = value;
            case COST_NANO_USD -> {
                event.costNanoUsd = value;
                event.costEstimated = 0;
            }
            case CONFIDENCE -> event.confidenceMicros = value;
            case QUEUE_DEPTH -> event.queueDepth = value;
            case TOKENS_IN_FLIGHT -> event.tokensInFlight = value;
            case CPU_UTILIZATION -> event.cpuUtilizationMicros = value;
            case GPU_UTILIZATION -> event.gpuUtilizationMicros = value;
            case MEMORY_UTILIZATION -> event.memoryUtilizationMicros = value;
            case KV_CACHE_UTILIZATION -> event.kvCacheUtilizationMicros = value;
            case SPAN_KIND, SPAN_DURATION ->
                throw new IllegalStateException("%s belongs to a span, not to a trace".formatted(this));
        }
    }
}
