package io.tidemark.sink.access;

import java.util.Optional;

/**
 * A user who may read.
 *
 * @param name name of the user: letters, digits, '_' and '-'
 * @param passwordSha256 SHA-256 of the password, 64 hex digits
 * @param tenant the one tenant whose rows the user sees; empty for an analyst, who sees all
 */
public record TableReader(String name, String passwordSha256, Optional<String> tenant) {

    private static final String NAME = "[A-Za-z_][A-Za-z0-9_-]*";

    public TableReader {
        require(name.matches(NAME), name, "must be letters, digits, '_' and '-', beginning with a letter");
        require(passwordSha256.matches("[0-9a-f]{64}"), name, "needs the SHA-256 of its password in 64 hex digits");
        require(
                tenant.isEmpty() || tenant.get().chars().noneMatch(Character::isISOControl),
                name,
                "has a tenant with control characters");
    }

    /** Name of the role that the user has on a server. */
    String role() {
        return tenant.isEmpty() ? "tidemark_analyst" : "tidemark_tenant_" + name;
    }

    private static void require(boolean holds, String name, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("reader '%s' %s".formatted(name, rule));
        }
    }
}
