package io.tidemark.contracts.alert;

import io.tidemark.contracts.avro.Alert;
import io.tidemark.contracts.avro.SliceRef;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/** Deterministic ids: the first 32 hexadecimal digits of SHA-256. */
public final class AlertIds {

    private static final int HEX_DIGITS = 32;

    private AlertIds() {}

    /**
     * Id of an alert: the same rule, slice and onset give the same id, in every replay.
     *
     * @param onset event time at which the breach began; counts in milliseconds
     */
    public static String alertId(String ruleId, SliceRef slice, Instant onset) {
        return hash(ruleId + "|" + SliceKey.of(slice) + "|" + onset.toEpochMilli());
    }

    /** Whether an alert carries the id that follows from its rule, slice and onset. */
    public static boolean isGenuine(Alert alert) {
        return alertId(alert.getRuleId(), alert.getSlice(), alert.getOnsetTime())
                .equals(alert.getAlertId());
    }

    /** First 32 hexadecimal digits of the SHA-256 of a text. */
    public static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, HEX_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
