package io.tidemark.benchmarks.actions;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;

/** Webhook targets, one a path, that keep their revision and count every request that had an effect. */
public final class RecordingServer implements AutoCloseable {

    private static final int OK = 200;
    private static final int PRECONDITION_FAILED = 412;

    private final HttpServer server;
    private final java.util.concurrent.ExecutorService executor = Executors.newFixedThreadPool(2);
    private final Clock clock;
    private final Map<String, State> states = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Delivery> deliveries = new ConcurrentLinkedQueue<>();

    /**
     * A request that had an effect.
     *
     * @param decisionId its idempotency key
     */
    public record Delivery(String decisionId, Instant received) {}

    private record State(int revision, String decisionId) {}

    private RecordingServer(HttpServer server, Clock clock) {
        this.server = server;
        this.clock = clock;
    }

    /** Starts it on a free port. */
    public static RecordingServer start(Clock clock) {
        try {
            RecordingServer started =
                    new RecordingServer(HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0), clock);
            started.server.setExecutor(started.executor);
            started.server.createContext("/", started::answer);
            started.server.start();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException("no free port for the recording server", e);
        }
    }

    /** Address of a target. */
    public String address(String target) {
        return "http://127.0.0.1:%d/%s".formatted(server.getAddress().getPort(), target);
    }

    /** Every request that had an effect, repetitions included. */
    public List<Delivery> deliveries() {
        return List.copyOf(deliveries);
    }

    private void answer(HttpExchange exchange) throws IOException {
        Instant received = clock.instant();
        exchange.getRequestBody().readAllBytes();
        String path = exchange.getRequestURI().getPath();
        int status = OK;
        synchronized (states) {
            State state = states.getOrDefault(path, new State(1, null));
            if (exchange.getRequestMethod().equals("POST")) {
                String match = exchange.getRequestHeaders().getFirst("If-Match");
                if (Objects.equals(match, "\"" + state.revision() + "\"")) {
                    String decision = exchange.getRequestHeaders().getFirst("Idempotency-Key");
                    deliveries.add(new Delivery(decision, received));
                    states.put(path, new State(state.revision() + 1, decision));
                } else {
                    status = PRECONDITION_FAILED;
                }
            }
        }
        send(exchange, status, states.getOrDefault(path, new State(1, null)));
    }

    private static void send(HttpExchange exchange, int status, State state) throws IOException {
        String decision = state.decisionId() == null ? "null" : '"' + state.decisionId() + '"';
        byte[] body = "{\"revision\":\"%d\",\"serving\":%s,\"decision_id\":%s}"
                .formatted(state.revision(), state.decisionId() == null, decision)
                .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }
}
