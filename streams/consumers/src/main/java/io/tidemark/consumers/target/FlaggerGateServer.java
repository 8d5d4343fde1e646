package io.tidemark.consumers.target;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Answers Flagger's webhook of type {@code rollback} at {@code /flagger/rollback}. For this type alone 2xx means "roll back", so that an
 * unknown canary, an unreadable question and every error are answered with something else.
 */
public final class FlaggerGateServer implements AutoCloseable {

    private static final int ROLL_BACK = 200;
    private static final int GO_ON = 403;
    private static final int UNREADABLE = 400;
    private static final int LARGEST_BODY = 64 * 1024;

    private final HttpServer server;
    private final ExecutorService executor;

    private FlaggerGateServer(HttpServer server, ExecutorService executor) {
        this.server = server;
        this.executor = executor;
    }

    /** Starts the gate; port 0 takes a free one. */
    public static FlaggerGateServer start(String host, int port, FlaggerGateTarget gates) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(host, port), 0);
            ExecutorService executor = Executors.newSingleThreadExecutor();
            server.setExecutor(executor);
            server.createContext("/flagger/rollback", exchange -> answer(exchange, status(exchange, gates)));
            server.start();
            return new FlaggerGateServer(server, executor);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open the Flagger gate on %s:%d".formatted(host, port), e);
        }
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private static int status(HttpExchange exchange, FlaggerGateTarget gates) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY);
        JsonNode question = Json.object(new String(body, StandardCharsets.UTF_8));
        String name = question.path("name").asText("");
        String namespace = question.path("namespace").asText("");
        if (name.isEmpty() || namespace.isEmpty()) {
            return UNREADABLE;
        }
        return gates.isOpen(namespace + "/" + name) ? ROLL_BACK : GO_ON;
    }

    private static void answer(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }
}
