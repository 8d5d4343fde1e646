package io.tidemark.jobs.embedding.backend;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Requests to one server. Says of each failure whether it is worth a retry. */
public final class HttpExchange {

    private static final int OK = 200;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;
    private static final int SHOWN_BYTES = 300;

    private final URI server;
    private final Duration timeout;
    private final HttpClient client;

    /** @param timeout longest answer */
    public HttpExchange(URI server, Duration timeout) {
        this.server = server;
        this.timeout = timeout;
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout)
                .build();
    }

    /** @throws EmbeddingException when the answer is not 200 */
    public HttpResponse<byte[]> get(String path) throws EmbeddingException {
        return send(request(path).GET().build());
    }

    /** @throws EmbeddingException when the answer is not 200 */
    public HttpResponse<byte[]> post(String path, byte[] body, String... headers) throws EmbeddingException {
        HttpRequest.Builder request = request(path).POST(HttpRequest.BodyPublishers.ofByteArray(body));
        return send(request.headers(headers).build());
    }

    private HttpRequest.Builder request(String path) {
        String base = server.toString();
        String slash = base.endsWith("/") ? "" : "/";
        return HttpRequest.newBuilder(URI.create(base + slash + path)).timeout(timeout);
    }

    private HttpResponse<byte[]> send(HttpRequest request) throws EmbeddingException {
        HttpResponse<byte[]> response;
        try {
            response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw EmbeddingException.passing("%s gave no answer: %s".formatted(request.uri(), e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw EmbeddingException.lasting("interrupted while waiting for " + request.uri(), e);
        }
        if (response.statusCode() == OK) {
            return response;
        }
        String body = new String(
                response.body(),
                0,
                Math.min(SHOWN_BYTES, response.body().length),
                java.nio.charset.StandardCharsets.UTF_8);
        String message = "%s answered %d: %s".formatted(request.uri(), response.statusCode(), body);
        boolean isPassing = response.statusCode() >= SERVER_ERROR
                || response.statusCode() == TOO_MANY_REQUESTS
                || response.statusCode() == REQUEST_TIMEOUT;
        throw isPassing ? EmbeddingException.passing(message, null) : EmbeddingException.lasting(message, null);
    }

    @Override
    public String toString() {
        return server.toString();
    }
}
