package io.tidemark.gateway.trust;

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
}
