package io.tidemark.ingest.redaction;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Replaces identifiers by a keyed hash: the same id gives the same token, so that sessions still hold together, and nobody without the
 * key finds the id again. For use by several threads.
 */
public final class IdTokenizer {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int TOKEN_BYTES = 16;
    private static final int SHORTEST_KEY_BYTES = 16;

    private final SecretKeySpec key;

    /** @param secret at least 16 bytes in UTF-8 */
    public IdTokenizer(String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        if (bytes.length < SHORTEST_KEY_BYTES) {
            throw new IllegalArgumentException("the secret of the id tokens has %d bytes; it must have at least %d"
                    .formatted(bytes.length, SHORTEST_KEY_BYTES));
        }
        key = new SecretKeySpec(bytes, ALGORITHM);
    }

    /** 32 hex digits: the first half of HMAC-SHA256 over the id. */
    public String token(String id) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(id.getBytes(StandardCharsets.UTF_8)), 0, TOKEN_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
