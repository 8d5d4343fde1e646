package io.tidemark.gateway.server;

import io.grpc.Status;

/** How a request that is refused as a whole is answered, over HTTP and over gRPC. Only the last two are worth a retry. */
enum Answer {
    MALFORMED(400, Status.Code.INVALID_ARGUMENT),
    UNAUTHENTICATED(401, Status.Code.UNAUTHENTICATED),
    FORBIDDEN(403, Status.Code.PERMISSION_DENIED),
    NOT_FOUND(404, Status.Code.UNIMPLEMENTED),
    METHOD_NOT_ALLOWED(405, Status.Code.UNIMPLEMENTED),
    TOO_LARGE(413, Status.Code.RESOURCE_EXHAUSTED),
    UNSUPPORTED_TYPE(415, Status.Code.INVALID_ARGUMENT),
    OVER_QUOTA(429, Status.Code.RESOURCE_EXHAUSTED),
    UNAVAILABLE(503, Status.Code.UNAVAILABLE);

    private final int httpStatus;
    private final Status.Code grpcCode;

    Answer(int httpStatus, Status.Code grpcCode) {
        this.httpStatus = httpStatus;
        this.grpcCode = grpcCode;
    }

    int httpStatus() {
        return httpStatus;
    }

    Status.Code grpcCode() {
        return grpcCode;
    }

    boolean isRetryable() {
        return this == OVER_QUOTA || this == UNAVAILABLE;
    }

    /** Label for metrics. */
    String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
