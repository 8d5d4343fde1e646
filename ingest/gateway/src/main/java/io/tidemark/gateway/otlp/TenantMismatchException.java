package io.tidemark.gateway.otlp;

/** A body that names another tenant than the key it came with. */
public final class TenantMismatchException extends Exception {

    private static final long serialVersionUID = 1L;

    public TenantMismatchException(String tenant) {
        super("the body names another tenant than '%s', to which the key belongs".formatted(tenant));
    }
}
