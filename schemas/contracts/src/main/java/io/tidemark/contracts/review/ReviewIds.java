package io.tidemark.contracts.review;

import io.tidemark.contracts.alert.AlertIds;

/** Ids of reviews. The same doubt about the same trace has the same id, whoever raises it and however often. */
public final class ReviewIds {

    private static final char SEPARATOR = '\n';

    private ReviewIds() {}

    /**
     * The first 32 hex digits of SHA-256 over {@code tenant\ntraceId\nsource\nreason}, UTF-8.
     *
     * @param source who asks, as in the record
     * @param reason why, as in the record
     */
    public static String reviewId(String tenant, String traceId, String source, String reason) {
        return AlertIds.hash(tenant + SEPARATOR + traceId + SEPARATOR + source + SEPARATOR + reason);
    }
}
