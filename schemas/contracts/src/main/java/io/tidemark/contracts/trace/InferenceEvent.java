package io.tidemark.contracts.trace;

import io.tidemark.contracts.avro.SpanKind;
import io.tidemark.contracts.measure.Measure;

/**
 * The part of a trace that jobs compute with: numbers only, no text. One mutable instance is filled again for each
 * record, so that reading a record allocates nothing. A number that the producer left unknown is {@link #UNKNOWN}.
 */
public final class InferenceEvent {

    /** Says that the producer left a number unknown. */
    public static final long UNKNOWN = Measure.UNKNOWN;

    private static final int SPAN_KINDS = SpanKind.values().length;

    /** When the inference finished, microseconds since the epoch, UTC. */
    public long eventTimeMicros;

    /** Ordinal of {@code InferenceStatus}. */
    public int status;

    /** Ordinal of {@code TrafficRole}. */
    public int role;

    public long httpStatus;
    public long turn;

    /** Flags: 0, 1 or {@link #UNKNOWN}. */
    public long refused;

    public long jailbreak;
    public long schemaValid;
    public long coldStart;
    public long degraded;
    public long cacheHit;

    /** 1 when the trace names a model that was given up, else 0. */
    public long fallback;

    /** 1 when a component of the version tuple is "unknown", else 0. */
    public long unknownVersion;

    public long guardrailBlocks;
    public long piiHits;
    public long retries;
    public long toolCalls;
    public long toolErrors;

    public long queueMicros;
    public long ttftMicros;
    public long timePerOutputTokenMicros;
    public long endToEndMicros;

    public long inputTokens;
    public long outputTokens;
    public long cachedTokens;
    public long reasoningTokens;

    public long costNanoUsd;

    /** 1 when the price table gave the cost, 0 when the producer did, {@link #UNKNOWN} without a cost. */
    public long costEstimated;

    /** Confidence in millionths. */
    public long confidenceMicros;

    public long queueDepth;
    public long tokensInFlight;

    /** Utilisations in millionths. */
    public long cpuUtilizationMicros;

    public long gpuUtilizationMicros;
    public long memoryUtilizationMicros;
    public long kvCacheUtilizationMicros;

    private final long[] spanMicros = new long[SPAN_KINDS];

    /** Total duration of the spans of a kind in microseconds, or {@link #UNKNOWN} when there is none. */
    public long spanMicros(SpanKind kind) {
        return spanMicros[kind.ordinal()];
    }

    /** Adds the duration of one span. */
    public void addSpan(SpanKind kind, long durationMicros) {
        long sofar = spanMicros[kind.ordinal()];
        spanMicros[kind.ordinal()] = sofar == UNKNOWN ? durationMicros : sofar + durationMicros;
    }

    /** Makes every number unknown, before the next record is read. */
    public void clear() {
        eventTimeMicros = 0;
        status = 0;
        role = 0;
        fallback = 0;
        unknownVersion = 0;
        httpStatus = turn = refused = jailbreak = schemaValid = coldStart = degraded = cacheHit = UNKNOWN;
        guardrailBlocks = piiHits = retries = toolCalls = toolErrors = UNKNOWN;
        queueMicros = ttftMicros = timePerOutputTokenMicros = endToEndMicros = UNKNOWN;
        inputTokens = outputTokens = cachedTokens = reasoningTokens = UNKNOWN;
        costNanoUsd = costEstimated = confidenceMicros = UNKNOWN;
        queueDepth = tokensInFlight = UNKNOWN;
        cpuUtilizationMicros = gpuUtilizationMicros = memoryUtilizationMicros = kvCacheUtilizationMicros = UNKNOWN;
        for (int i = 0; i < SPAN_KINDS; i++) {
            spanMicros[i] = UNKNOWN;
        }
    }
}
