package io.tidemark.stack.registry;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** HTTP in front of {@link RegistryRoutes}: bytes, JSON, status codes. */
final class RegistryServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RegistryServer.class);
    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final int THREADS = 4;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final RegistryRoutes routes;

    private RegistryServer(HttpServer server, RegistryRoutes routes) {
        this.server = server;
        this.routes = routes;
    }

    /** Serves on a loopback port. */
    static RegistryServer start(Subjects subjects, int port) throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        RegistryServer server = new RegistryServer(http, new RegistryRoutes(subjects));
        http.createContext("/", server::handle);
        http.setExecutor(server.threads);
        http.start();
        return server;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            try {
                send(exchange, 200, routes.answer(request(exchange)));
            } catch (RegistryError error) {
                send(exchange, error.status(), body(error.code(), error.getMessage()));
            } catch (RuntimeException failure) {
                LOG.error("{} {} failed", exchange.getRequestMethod(), exchange.getRequestURI(), failure);
                send(exchange, 500, body(50001, "Error in the registry: " + failure));
            }
        }
    }

    private static RegistryRequest request(HttpExchange exchange) throws IOException {
        List<String> path = new ArrayList<>();
        for (String part : exchange.getRequestURI().getRawPath().split("/")) {
            if (!part.isEmpty()) {
                path.add(URLDecoder.decode(part, StandardCharsets.UTF_8));
            }
        }
        String query = exchange.getRequestURI().getRawQuery();
        return new RegistryRequest(
                exchange.getRequestMethod(),
                path,
                query == null ? List.of() : List.of(query.split("&")),
                exchange.getRequestBody().readAllBytes());
    }

    private static Map<String, Object> body(int code, String message) {
        return Map.of("error_code", code, "message", message);
    }

    private static void send(HttpExchange exchange, int status, Object answer) throws IOException {
        byte[] body = answer instanceof RawJson raw
                ? raw.text().getBytes(StandardCharsets.UTF_8)
                : JSON.writeValueAsBytes(answer);
        exchange.getResponseHeaders().set("Content-Type", CONTENT_TYPE);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    /** An answer that is JSON already. */
    record RawJson(String text) {}
}
