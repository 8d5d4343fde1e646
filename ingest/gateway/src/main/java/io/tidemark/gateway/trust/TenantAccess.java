package io.tidemark.gateway.trust;

import java.util.List;
import java.util.Objects;

/**
 * What a key opens.
 *
 * @param tenant tenant that everything sent with the key belongs to
 * @param spansPerSecond most spans, log records and inferences a second, on average
 * @param bytesPerSecond most bytes a second, on average, as they come
 */
public record TenantAccess(String tenant, double spansPerSecond, double bytesPerSecond) {

    public TenantAccess {
        Objects.requireNonNull(tenant, "tenant is null");
        if (tenant.isBlank() || tenant.length() > 256 || tenant.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "tenant '%s' must have 1 to 256 characters and no control character".formatted(tenant));
        }
        if (!(spansPerSecond > 0) || !(bytesPerSecond > 0)) {
            throw new IllegalArgumentException("quotas of tenant '%s' must be above 0".formatted(tenant));
        }
    }

    /**
     * What a line of the key file opens, with these quotas where it names none.
     *
     * @param options {@code spans-per-second=N} and {@code bytes-per-second=N}
     */
    public TenantAccess granted(String owner, List<String> options) {
        double spans = spansPerSecond;
        double bytes = bytesPerSecond;
        for (String option : options) {
            String[] parts = option.split("=", 2);
            switch (parts[0]) {
                case "spans-per-second" -> spans = quota(parts);
                case "bytes-per-second" -> bytes = quota(parts);
                default ->
                    throw new IllegalArgumentException(
                            "'%s' must be spans-per-second=N or bytes-per-second=N".formatted(parts[0]));
            }
        }
        return new TenantAccess(owner, spans, bytes);
    }

    private static double quota(String[] option) {
        try {
            return Double.parseDouble(option.length == 2 ? option[1] : "");
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'%s' must be a number".formatted(option[0]), e);
        }
    }
}
