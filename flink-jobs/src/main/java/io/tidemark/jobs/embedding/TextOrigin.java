package io.tidemark.jobs.embedding;

/**
 * Where a text comes from: what slices it is counted in, and how to find it again. No text.
 *
 * @param tenant tenant
 * @param version the seven components of the version tuple, in canonical order
 * @param role ordinal of the traffic role
 * @param intent intent class
 * @param traceId trace to look at
 * @param inference hash of the inference id
 * @param eventMillis when the inference finished, milliseconds since the epoch
 * @param weight inferences that this one stands for, at least 1
 */
@SuppressWarnings("ArrayRecordComponent") // never changed once it is made
public record TextOrigin(
        String tenant,
        String[] version,
        int role,
        String intent,
        String traceId,
        long inference,
        long eventMillis,
        double weight) {}
