package io.tidemark.contracts.release;

import io.tidemark.contracts.avro.VerdictKind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Ids of decisions about releases. The same decision has the same id, whoever computes it and however often. */
public final class DecisionIds {

    private static final int ID_BYTES = 16;

    private DecisionIds() {}

    /**
     * Id of a decision: the first 32 hex digits of SHA-256 over {@code release_id|verdict|pane end}.
     *
     * @param paneEndMillis end of the deciding pane, or the time of a command, milliseconds since the epoch
     */
    public static String decisionId(String releaseId, VerdictKind kind, long paneEndMillis) {
        return hash(releaseId + "|" + kind.name() + "|" + paneEndMillis);
    }

    /** Id of an event about a release: what happened to it, and when. */
    public static String eventId(String subject, String state, long eventMillis) {
        return hash(subject + "|" + state + "|" + eventMillis);
    }

    private static String hash(String canonical) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
