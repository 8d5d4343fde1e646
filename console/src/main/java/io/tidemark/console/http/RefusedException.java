package io.tidemark.console.http;

/** A request that is not answered with what it asked for. The message is sent to the client and holds nothing secret. */
public final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;

    public RefusedException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** 400: what was sent is not understood. */
    public static RefusedException malformed(String message) {
        return new RefusedException(400, message);
    }

    /** 403: the token does not open it. */
    public static RefusedException forbidden(String message) {
        return new RefusedException(403, message);
    }

    /** 404. */
    public static RefusedException notFound(String message) {
        return new RefusedException(404, message);
    }

    /** 503: what the answer needs does not answer. */
    public static RefusedException unavailable(String message) {
        return new RefusedException(503, message);
    }

    int status() {
        return status;
    }
}
