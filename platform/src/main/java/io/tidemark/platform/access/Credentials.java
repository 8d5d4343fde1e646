package io.tidemark.platform.access;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Finds the key in the headers of a request, in the ways that clients send one: {@code Authorization: Bearer KEY}, {@code Basic} (of which the
 * password is the key, as Langfuse sends its secret key), {@code x-api-key}, {@code api-key} and {@code api_key}.
 */
public final class Credentials {

    private static final List<String> KEY_HEADERS = List.of("x-api-key", "api-key", "api_key");
    private static final String BEARER = "bearer ";
    private static final String BASIC = "basic ";

    private Credentials() {}

    /** @param header value of a header by its name in lower case, or null */
    public static Optional<String> key(UnaryOperator<String> header) {
        String authorization = header.apply("authorization");
        if (authorization != null) {
            if (authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
                return Optional.of(authorization.substring(BEARER.length()).strip());
            }
            if (authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
                return password(authorization.substring(BASIC.length()).strip());
            }
        }
        return KEY_HEADERS.stream().map(header).filter(value -> value != null).findFirst();
    }

    private static Optional<String> password(String encoded) {
        try {
            String decoded = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            int colon = decoded.indexOf(':');
            return colon < 0 ? Optional.empty() : Optional.of(decoded.substring(colon + 1));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
