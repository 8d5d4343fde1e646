package io.tidemark.contracts;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Identity of an inference, and the Kafka key that brings an inference and its duplicates into one partition. */
public final class InferenceIds {

    private static final int ID_BYTES = 16;
    private static final char SEPARATOR = '\n';

    private InferenceIds() {}

    /**
     * The first 32 hex digits of SHA-256 over {@code tenant\ntraceId\nspanId}, UTF-8.
     *
     * @param spanId span of the model call; empty when the trace holds one inference only
     */
    public static String inferenceId(String tenant, String traceId, String spanId) {
        MessageDigest digest = VersionTuple.sha256();
        String canonical = tenant + SEPARATOR + traceId + SEPARATOR + spanId;
        return HexFormat.of().formatHex(digest.digest(canonical.getBytes(StandardCharsets.UTF_8)), 0, ID_BYTES);
    }

    /** Kafka key of every record about a trace: tenant and trace id, joined by a line feed, UTF-8. */
    public static byte[] kafkaKey(String tenant, String traceId) {
        return (tenant + SEPARATOR + traceId).getBytes(StandardCharsets.UTF_8);
    }
}
