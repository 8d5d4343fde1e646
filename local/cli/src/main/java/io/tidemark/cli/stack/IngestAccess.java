package io.tidemark.cli.stack;

import java.util.List;

/**
 * How to send to the gateway of a stack.
 *
 * @param httpUrl address of OTLP/HTTP and plain JSON
 * @param grpcAddress address of OTLP/gRPC
 * @param tenant tenant of the key
 * @param key API key
 */
public record IngestAccess(String httpUrl, String grpcAddress, String tenant, String key) {

    /** For people. */
    List<String> lines() {
        return List.of(
                "OTLP/HTTP        " + httpUrl + "  (also /v1/inferences, plain JSON)",
                "OTLP/gRPC        " + grpcAddress,
                "API key          %s, tenant %s".formatted(key, tenant));
    }
}
