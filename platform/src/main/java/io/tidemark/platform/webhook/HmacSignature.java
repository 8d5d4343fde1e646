package io.tidemark.platform.webhook;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 with a shared secret. The secret is never shown. */
public final class HmacSignature {

    private static final String ALGORITHM = "HmacSHA256";

    private final byte[] secret;

    /** @param secret shared secret, not empty */
    public HmacSignature(String secret) {
        if (secret.isEmpty()) {
            throw new IllegalArgumentException("the secret of a signature is empty");
        }
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
    }

    /** Signature of a text, hexadecimal. */
    public String of(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java runtime has " + ALGORITHM, e);
        }
    }

    /**
     * Value of the header {@code Tidemark-Signature}: {@code t=SECONDS,v1=HEX}, where the signature covers {@code SECONDS.BODY}. The
     * time lets a receiver refuse an old request that somebody sends again.
     */
    public String header(Instant time, String body) {
        long seconds = time.getEpochSecond();
        return "t=%d,v1=%s".formatted(seconds, of(seconds + "." + body));
    }

    /** Whether a signature is that of the text; takes the same time for every wrong one. */
    public boolean isOf(String text, String signature) {
        return MessageDigest.isEqual(
                of(text).getBytes(StandardCharsets.UTF_8), signature.getBytes(StandardCharsets.UTF_8));
    }
}
