package io.tidemark.cli.stack;

/**
 * Loopback ports of the gateway; 0 stands for a free one.
 *
 * @param http port of OTLP/HTTP
 * @param grpc port of OTLP/gRPC
 */
public record OtlpPorts(int http, int grpc) {

    /** Whatever is free. */
    public static OtlpPorts free() {
        return new OtlpPorts(0, 0);
    }
}
