package io.tidemark.platform.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * API keys. A key has 256 random bits, so that a plain SHA-256 of it gives nothing away: there is no word list to try, and a slow password
 * hash would only slow every request down.
 */
public final class ApiKey {

    private static final int KEY_BYTES = 32;
    private static final String PREFIX = "tmk_";

    private ApiKey() {}

    /** A new key. */
    public static String random(RandomGenerator random) {
        byte[] bytes = new byte[KEY_BYTES];
        random.nextBytes(bytes);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** What is stored of a key: SHA-256, 64 hex digits. */
    public static String hash(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
