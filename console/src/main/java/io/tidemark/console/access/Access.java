package io.tidemark.console.access;

import io.tidemark.console.http.RefusedException;
import java.util.List;

/**
 * What a token opens. Nothing but reading.
 *
 * @param tenant the one tenant that it may see, or {@link #ALL}
 */
public record Access(String tenant) {

    /** Every tenant. */
    public static final String ALL = "*";

    public Access {
        if (tenant.isBlank() || tenant.length() > 256 || tenant.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "tenant '%s' must have 1 to 256 characters and no control character".formatted(tenant));
        }
    }

    /** Reads a line of the token file, which has no options. */
    public static Access granted(String tenant, List<String> options) {
        if (!options.isEmpty()) {
            throw new IllegalArgumentException(
                    "'%s' must not be there; a line is a hash and a tenant".formatted(options.get(0)));
        }
        return new Access(tenant);
    }

    /** Whether it sees all tenants. */
    public boolean seesAll() {
        return tenant.equals(ALL);
    }

    /**
     * The tenant that a request is about.
     *
     * @param asked tenant that the request names; empty when it names none
     * @return the tenant, or the empty text for all of them
     * @throws RefusedException when the token does not open it
     */
    public String scope(String asked) {
        if (seesAll()) {
            return asked;
        }
        if (!asked.isEmpty() && !asked.equals(tenant)) {
            throw RefusedException.forbidden("this token does not open that tenant");
        }
        return tenant;
    }
}
