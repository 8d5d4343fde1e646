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
        return List.of("console API      %s/api/v1/analysis?release=ID, token %s".formatted(url, token));
    }
}
