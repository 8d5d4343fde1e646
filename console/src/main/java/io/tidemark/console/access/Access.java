package io.tidemark.console.access;

import io.tidemark.console.http.RefusedException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a token opens: to read, and with an explicit right to command rollbacks.
 *
 * @param tenant the one tenant that it may see, or {@link #ALL}
 * @param commander name under which it may command rollbacks, for the audit; empty when it only reads
 */
public record Access(String tenant, Optional<String> commander) {

    /** Every tenant. */
    public static final String ALL = "*";

    private static final String ROLLBACK = "rollback=";
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}._@-]{1,64}");

    public Access {
        if (tenant.isBlank() || tenant.length() > 256 || tenant.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "tenant '%s' must have 1 to 256 characters and no control character".formatted(tenant));
        }
    }

    /**
     * Reads a line of the token file. Its one option is {@code rollback=NAME}.
     *
     * @throws IllegalArgumentException when there is another option, or the name cannot stand in an audit
     */
    public static Access granted(String tenant, List<String> options) {
        if (options.isEmpty()) {
            return new Access(tenant, Optional.empty());
        }
        String option = options.get(0);
        String name = option.startsWith(ROLLBACK) ? option.substring(ROLLBACK.length()) : "";
        if (options.size() > 1 || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "'%s' must not be there; a line is a hash, a tenant and, for the right to roll back, rollback=NAME of a person or a team"
                            .formatted(options.get(options.size() - 1)));
        }
        return new Access(tenant, Optional.of(name));
    }

    /** Whether it opens what belongs to a tenant; {@link #ALL} stands for what belongs to all of them. */
    public boolean opens(String owner) {
        return seesAll() || tenant.equals(owner);
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
