package io.tidemark.cli.stack;

import java.util.List;

/**
 * How to reach the console of a stack.
 *
 * @param url its address
 * @param token token that opens all tenants
 */
public record ConsoleAccess(String url, String token) {

    /** For people. */
    public List<String> lines() {
        // browsers send to nobody what stands behind the hash
        return List.of("console          %s/#token=%s".formatted(url, token));
    }
}
