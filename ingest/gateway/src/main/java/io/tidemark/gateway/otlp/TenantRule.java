package io.tidemark.gateway.otlp;

/** Who says which tenant a body belongs to. */
@FunctionalInterface
public interface TenantRule {

    /**
     * The tenant of a resource or span.
     *
     * @param claimed the tenant that the body names, or null
     */
    String tenant(String claimed) throws TenantMismatchException;

    /** The key says so; a body that names another tenant is refused. */
    static TenantRule ofKey(String tenant) {
        return claimed -> {
            if (claimed != null && !claimed.equals(tenant)) {
                throw new TenantMismatchException(tenant);
            }
            return tenant;
        };
    }

    /** The body says so: for files that were recorded earlier, never for requests. */
    static TenantRule claimedOr(String tenant) {
        return claimed -> claimed == null ? tenant : claimed;
    }
}
