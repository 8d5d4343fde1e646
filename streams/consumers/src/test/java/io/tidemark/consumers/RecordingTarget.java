package io.tidemark.consumers;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A webhook target that keeps its revision and every request that it got. */
final class RecordingTarget implements AutoCloseable {

    private final HttpServer server;
    private final List<String> decisions = new CopyOnWriteArrayList<>();
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final List<String> signatures = new CopyOnWriteArrayList<>();
    private volatile int revision = 1;
    private volatile int failuresLeft;
    private volatile boolean somebodyElseActsBeforeEachRequest;
    private volatile boolean isServing = true;

    RecordingTarget() {
        try {
            server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    /** The next requests have no effect and are answered with 503. */
    RecordingTarget failing(int times) {
        failuresLeft = times;
        return this;
    }

    RecordingTarget changedByOthers() {
        somebodyElseActsBeforeEachRequest = true;
        return this;
    }

    RecordingTarget idle() {
        isServing = false;
        return this;
    }

    List<String> decisions() {
        return new ArrayList<>(decisions);
    }

    List<String> bodies() {
        return new ArrayList<>(bodies);
    }

    List<String> signatures() {
        return new ArrayList<>(signatures);
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        int status = exchange.getRequestMethod().equals("POST") ? post(exchange, body) : 200;
        String last = decisions.isEmpty() ? "null" : '"' + decisions.get(decisions.size() - 1) + '"';
        byte[] state = "{\"revision\":\"%d\",\"serving\":%s,\"decision_id\":%s}"
                .formatted(revision, isServing, last)
                .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, state.length);
        exchange.getResponseBody().write(state);
        exchange.close();
    }

    private int post(HttpExchange exchange, String body) {
        if (somebodyElseActsBeforeEachRequest) {
            revision++;
        }
        if (failuresLeft > 0) {
            failuresLeft--;
            return 503;
        }
        if (!exchange.getRequestHeaders().getFirst("If-Match").equals("\"" + revision + "\"")) {
            return 412;
        }
        decisions.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
        bodies.add(body);
        signatures.add(String.valueOf(exchange.getRequestHeaders().getFirst("Tidemark-Signature")));
        revision++;
        isServing = false;
        return 200;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
