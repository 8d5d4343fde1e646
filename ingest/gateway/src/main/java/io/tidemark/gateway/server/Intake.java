package io.tidemark.gateway.server;

import io.tidemark.gateway.inference.DecodedRecords;
import io.tidemark.gateway.inference.InferenceBody;
import io.tidemark.gateway.inference.OutcomeBody;
import io.tidemark.gateway.inference.PlainBody;
import io.tidemark.gateway.otlp.BodyDecoder;
import io.tidemark.gateway.otlp.BodyDecoder.Encoding;
import io.tidemark.gateway.otlp.BodyTooLargeException;
import io.tidemark.gateway.otlp.DecodedBody;
import io.tidemark.gateway.otlp.MalformedBodyException;
import io.tidemark.gateway.otlp.Signal;
import io.tidemark.gateway.otlp.TenantMismatchException;
import io.tidemark.gateway.otlp.TenantRule;
import io.tidemark.gateway.publish.Publisher;
import io.tidemark.gateway.trust.Quotas;
import io.tidemark.gateway.trust.TenantAccess;
import io.tidemark.platform.access.Credentials;
import io.tidemark.platform.access.KeyRing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.errors.RecordTooLargeException;

/** What every request passes, however it came: the key, the quota, the reading, Kafka. */
final class Intake {

    private static final String TENANT_HEADER = "x-tenant-id";

    private final KeyRing<TenantAccess> keys;
    private final Quotas quotas;
    private final BodyDecoder decoder;
    private final InferenceBody inferences;
    private final OutcomeBody outcomes;
    private final Publisher publisher;
    private final GatewayMetrics metrics;
    private final Clock clock;
    private final RequestsUnderWay underWay;

    Intake(
            KeyRing<TenantAccess> keys,
            Quotas quotas,
            BodyDecoder decoder,
            InferenceBody inferences,
            OutcomeBody outcomes,
            Publisher publisher,
            GatewayMetrics metrics,
            RequestsUnderWay underWay,
            Clock clock) {
        this.keys = keys;
        this.quotas = quotas;
        this.decoder = decoder;
        this.inferences = inferences;
        this.outcomes = outcomes;
        this.publisher = publisher;
        this.metrics = metrics;
        this.underWay = underWay;
        this.clock = clock;
    }

    /**
     * Decides by the headers alone whether a request may go on.
     *
     * @param header value of a header by its name in lower case, or null
     */
    TenantAccess admit(UnaryOperator<String> header) throws RefusedException {
        String key = Credentials.key(header)
                .orElseThrow(() -> new RefusedException(
                        Answer.UNAUTHENTICATED, "no API key; send it as Authorization: Bearer, Basic or x-api-key"));
        TenantAccess access = keys.access(key)
                .orElseThrow(() -> new RefusedException(Answer.UNAUTHENTICATED, "the API key is unknown"));
        String claimed = header.apply(TENANT_HEADER);
        if (claimed != null && !claimed.equals(access.tenant())) {
            throw new RefusedException(Answer.FORBIDDEN, "the key belongs to another tenant than " + TENANT_HEADER);
        }
        Duration wait = quotas.wait(access).orElse(Duration.ZERO);
        if (!wait.isZero()) {
            throw new RefusedException(Answer.OVER_QUOTA, "the tenant is over its quota", wait);
        }
        return access;
    }

    /**
     * Takes an OTLP body.
     *
     * @param body decompressed
     * @param wireBytes bytes as they came
     * @param baggage W3C baggage of the request, or null
     * @return done when Kafka has acknowledged it; fails with {@link RefusedException} only
     */
    CompletableFuture<Taken> take(
            Signal signal, Encoding encoding, byte[] body, long wireBytes, TenantAccess access, String baggage) {
        Instant start = clock.instant();
        try {
            DecodedBody decoded = decoder.decode(signal, encoding, body, TenantRule.ofKey(access.tenant()), baggage);
            String name = signal.name().toLowerCase(Locale.ROOT);
            metrics.received(name, decoded.items());
            metrics.decoded(decoded);
            quotas.pay(access, decoded.items(), wireBytes);
            Taken taken = new Taken(decoded.items(), decoded.refused());
            return acknowledged(publisher.publish(decoded.batches(), decoded.outcomes()), name, taken, start);
        } catch (MalformedBodyException e) {
            return refused(Answer.MALFORMED, e, access, wireBytes);
        } catch (BodyTooLargeException e) {
            return refused(Answer.TOO_LARGE, e, access, wireBytes);
        } catch (TenantMismatchException e) {
            return refused(Answer.FORBIDDEN, e, access, wireBytes);
        }
    }

    /** Takes a body of plain JSON. */
    CompletableFuture<Taken> takePlain(PlainKind kind, byte[] body, long wireBytes, TenantAccess access) {
        return switch (kind) {
            case INFERENCES -> takePlain(kind, inferences, publisher::publishTraces, body, wireBytes, access);
            case OUTCOMES ->
                takePlain(kind, outcomes, taken -> publisher.publish(List.of(), taken), body, wireBytes, access);
        };
    }

    private <T> CompletableFuture<Taken> takePlain(
            PlainKind kind,
            PlainBody<T> reader,
            Function<List<T>, CompletableFuture<Void>> publish,
            byte[] body,
            long wireBytes,
            TenantAccess access) {
        Instant start = clock.instant();
        try {
            DecodedRecords<T> decoded = reader.decode(body, access.tenant());
            metrics.received(kind.label(), decoded.items());
            metrics.refusedItems(decoded.refused());
            quotas.pay(access, decoded.items(), wireBytes);
            Taken taken = new Taken(decoded.items(), decoded.refused());
            return acknowledged(publish.apply(decoded.records()), kind.label(), taken, start);
        } catch (MalformedBodyException e) {
            return refused(Answer.MALFORMED, e, access, wireBytes);
        } catch (BodyTooLargeException e) {
            return refused(Answer.TOO_LARGE, e, access, wireBytes);
        } catch (TenantMismatchException e) {
            return refused(Answer.FORBIDDEN, e, access, wireBytes);
        }
    }

    /** Counts a refusal; every refused request passes here once. */
    void countRefusal(RefusedException refusal) {
        metrics.refused(refusal.answer());
    }

    boolean isReady() {
        return !underWay.isClosed() && publisher.isReachable();
    }

    private CompletableFuture<Taken> acknowledged(
            CompletableFuture<Void> published, String signal, Taken taken, Instant start) {
        return published.handle((nothing, failure) -> {
            if (failure != null) {
                throw new CompletionException(refusal(failure));
            }
            int accepted = taken.items() - taken.refused().size();
            metrics.accepted(signal, accepted, Duration.between(start, clock.instant()));
            return taken;
        });
    }

    private static RefusedException refusal(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof RecordTooLargeException
                ? new RefusedException(Answer.TOO_LARGE, "the spans of a trace are too large for one record")
                : new RefusedException(Answer.UNAVAILABLE, "the data could not be stored; try again");
    }

    private CompletableFuture<Taken> refused(Answer answer, Exception cause, TenantAccess access, long wireBytes) {
        quotas.pay(access, 1, wireBytes);
        return CompletableFuture.failedFuture(new RefusedException(answer, cause.getMessage()));
    }
}
