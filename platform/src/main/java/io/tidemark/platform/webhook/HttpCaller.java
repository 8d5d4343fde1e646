package io.tidemark.platform.webhook;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Calls over HTTP with a deadline; bodies are signed when there is a secret. */
public final class HttpCaller {

    private static final Duration CONNECT = Duration.ofSeconds(2);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();
    private final Optional<HmacSignature> signature;
    private final Duration deadline;
    private final Clock clock;

    /** @param deadline longest wait for an answer */
    public HttpCaller(Optional<HmacSignature> signature, Duration deadline, Clock clock) {
        this.signature = signature;
        this.deadline = deadline;
        this.clock = clock;
    }

    /**
     * An answer.
     *
     * @param status HTTP status
     * @param body text of the answer
     */
    public record Answer(int status, String body) {

        /** Whether the status is 2xx. */
        public boolean isSuccess() {
            return status / 100 == 2;
        }

        /** Whether asking again may help: too many requests, or an error of the server. */
        public boolean isWorthRetry() {
            return status == 408 || status == 429 || status / 100 == 5;
        }
    }

    /** Asks with GET. */
    public Answer get(URI address, Map<String, String> headers) throws IOException {
        return send(HttpRequest.newBuilder(address).GET(), headers);
    }

    /** Sends a body with POST. */
    public Answer post(URI address, String contentType, Map<String, String> headers, String body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofString(body));
        signature.ifPresent(each -> request.header("Tidemark-Signature", each.header(clock.instant(), body)));
        return send(request, headers);
    }

    private Answer send(HttpRequest.Builder request, Map<String, String> headers) throws IOException {
        headers.forEach(request::header);
        try {
            HttpResponse<String> response =
                    client.send(request.timeout(deadline).build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
