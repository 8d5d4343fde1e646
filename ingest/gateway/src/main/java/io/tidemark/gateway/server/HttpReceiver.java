package io.tidemark.gateway.server;

import io.tidemark.gateway.otlp.BodyDecoder.Encoding;
import io.tidemark.gateway.otlp.BodyLimits;
import io.tidemark.gateway.otlp.BodyTooLargeException;
import io.tidemark.gateway.otlp.Inflation;
import io.tidemark.gateway.otlp.MalformedBodyException;
import io.tidemark.gateway.otlp.Signal;
import io.tidemark.gateway.trust.TenantAccess;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** OTLP/HTTP, plain inferences and outcomes, health and readiness. No thread waits for a body or for Kafka. */
final class HttpReceiver extends Handler.Abstract.NonBlocking {

    private static final Map<String, Signal> SIGNALS = Map.of(
            "/v1/traces", Signal.TRACES,
            "/v1/logs", Signal.LOGS,
            "/v1/metrics", Signal.METRICS,
            "/api/public/otel/v1/traces", Signal.TRACES,
            "/api/public/otel/v1/logs", Signal.LOGS,
            "/api/public/otel/v1/metrics", Signal.METRICS);
    private static final String PROTOBUF = "application/x-protobuf";
    private static final String JSON = "application/json";
    private static final int OK = 200;
    /** How many of the largest bodies are read to their end only to be answered. */
    private static final long DRAINED_BODIES = 4;

    private final Intake intake;
    private final BodyLimits limits;
    private final MemoryGate gate;
    private final RequestsUnderWay underWay;

    HttpReceiver(Intake intake, BodyLimits limits, MemoryGate gate, RequestsUnderWay underWay) {
        this.intake = intake;
        this.limits = limits;
        this.gate = gate;
        this.underWay = underWay;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String path = Request.getPathInContext(request);
        if (path.equals("/healthz") || path.equals("/readyz")) {
            health(path, response, callback);
            return true;
        }
        MemoryGate.Share share = gate.share();
        String contentType = contentType(request);
        boolean begun = underWay.begin();
        Callback answered = begun ? Callback.from(callback, underWay::end) : callback;
        take(request, path, contentType, share, begun).whenComplete((body, failure) -> {
            share.release();
            if (failure == null) {
                write(response, OK, contentType, body, answered);
            } else {
                refuse(response, contentType, failure, answered);
            }
        });
        return true;
    }

    private CompletableFuture<byte[]> take(
            Request request, String path, String contentType, MemoryGate.Share share, boolean begun) {
        try {
            if (!begun) {
                throw RefusedException.stopping();
            }
            Signal signal = SIGNALS.get(path);
            PlainKind plain = PlainKind.at(path);
            if (signal == null && plain == null) {
                throw new RefusedException(
                        Answer.NOT_FOUND, "there is nothing at this path; OTLP is taken at /v1/traces");
            }
            if (!request.getMethod().equals("POST")) {
                throw new RefusedException(Answer.METHOD_NOT_ALLOWED, "only POST is taken here");
            }
            TenantAccess access = intake.admit(name -> request.getHeaders().get(name));
            requireKnownTypes(request, contentType, signal);
            if (request.getLength() > limits.bodyBytes()) {
                throw tooLarge(limits.bodyBytes());
            }
            return BodyReader.read(request, limits.bodyBytes(), share)
                    .thenCompose(body -> taken(request, signal, plain, contentType, body, access, share));
        } catch (RefusedException e) {
            // a client that is still sending would see a broken connection instead of the answer
            return BodyDrain.of(request, DRAINED_BODIES * limits.bodyBytes())
                    .thenCompose(nothing -> CompletableFuture.failedFuture(e));
        }
    }

    private CompletableFuture<byte[]> taken(
            Request request,
            Signal signal,
            PlainKind plain,
            String contentType,
            byte[] body,
            TenantAccess access,
            MemoryGate.Share share) {
        byte[] content;
        try {
            content = isCompressed(request) ? inflated(body, share) : body;
        } catch (MalformedBodyException e) {
            return CompletableFuture.failedFuture(new RefusedException(Answer.MALFORMED, e.getMessage()));
        } catch (BodyTooLargeException e) {
            return CompletableFuture.failedFuture(new RefusedException(Answer.TOO_LARGE, e.getMessage()));
        } catch (RefusedException e) {
            return CompletableFuture.failedFuture(e);
        }
        if (signal == null) {
            return intake.takePlain(plain, content, body.length, access).thenApply(StatusBodies::plain);
        }
        boolean json = contentType.equals(JSON);
        return intake.take(
                        signal,
                        json ? Encoding.JSON : Encoding.PROTOBUF,
                        content,
                        body.length,
                        access,
                        request.getHeaders().get("baggage"))
                .thenApply(done -> json ? StatusBodies.successJson(signal, done) : StatusBodies.success(signal, done));
    }

    private byte[] inflated(byte[] body, MemoryGate.Share share)
            throws MalformedBodyException, BodyTooLargeException, RefusedException {
        byte[] content = Inflation.gunzip(body, limits.decompressedBytes());
        share.grow(content.length);
        return content;
    }

    private static void requireKnownTypes(Request request, String contentType, Signal signal) throws RefusedException {
        boolean known = contentType.equals(JSON) || contentType.equals(PROTOBUF) && signal != null;
        if (!known) {
            throw new RefusedException(
                    Answer.UNSUPPORTED_TYPE,
                    signal == null
                            ? "content type must be " + JSON
                            : "content type must be " + PROTOBUF + " or " + JSON);
        }
        String encoding = request.getHeaders().get(HttpHeader.CONTENT_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("gzip") && !encoding.equalsIgnoreCase("identity")) {
            throw new RefusedException(Answer.UNSUPPORTED_TYPE, "content encoding must be gzip or identity");
        }
    }

    private static boolean isCompressed(Request request) {
        return "gzip".equalsIgnoreCase(request.getHeaders().get(HttpHeader.CONTENT_ENCODING));
    }

    private static String contentType(Request request) {
        String header = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        return header == null ? "" : header.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    private static RefusedException tooLarge(int bytes) {
        return new RefusedException(Answer.TOO_LARGE, "the body has more than %d bytes".formatted(bytes));
    }

    private void refuse(Response response, String contentType, Throwable failure, Callback callback) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        RefusedException refusal;
        if (cause instanceof RefusedException known) {
            refusal = known;
        } else if (cause instanceof BodyTooLargeException) {
            refusal = new RefusedException(Answer.TOO_LARGE, cause.getMessage());
        } else {
            // the connection broke while the body came: nobody reads an answer
            intake.countRefusal(new RefusedException(Answer.MALFORMED, "the body broke off"));
            callback.failed(cause);
            return;
        }
        intake.countRefusal(refusal);
        if (refusal.answer().isRetryable()) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, refusal.retryAfterSeconds());
        }
        boolean protobuf = contentType.equals(PROTOBUF);
        byte[] body = protobuf ? StatusBodies.status(refusal).toByteArray() : StatusBodies.statusJson(refusal);
        write(response, refusal.answer().httpStatus(), protobuf ? PROTOBUF : JSON, body, callback);
    }

    private void health(String path, Response response, Callback callback) {
        boolean ok = path.equals("/healthz") || intake.isReady();
        byte[] body = (ok ? "ok\n" : "not ready\n").getBytes(StandardCharsets.UTF_8);
        write(response, ok ? OK : Answer.UNAVAILABLE.httpStatus(), "text/plain", body, callback);
    }

    private static void write(Response response, int status, String type, byte[] body, Callback callback) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, type.isEmpty() ? JSON : type);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, ByteBuffer.wrap(body), callback);
    }
}
