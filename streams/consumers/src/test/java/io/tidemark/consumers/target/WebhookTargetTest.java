package io.tidemark.consumers.target;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tidemark.platform.webhook.HttpCaller;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhookTargetTest extends ActionTargetContract {

    private int revision = 1;
    private String decision;
    private String state;
    private HttpServer server;
    private WebhookTarget target;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", this::answer);
        server.start();
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        target = new WebhookTarget(
                Map.of("chat", address), new HttpCaller(Optional.empty(), Duration.ofSeconds(5), Clock.systemUTC()));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        int status = 200;
        if (exchange.getRequestMethod().equals("POST")) {
            boolean matches = exchange.getRequestHeaders().getFirst("If-Match").equals("\"" + revision + "\"");
            status = matches ? 200 : 409;
            if (matches) {
                decision = exchange.getRequestHeaders().getFirst("Idempotency-Key");
                revision++;
            }
        }
        String json = "{\"revision\":%d,\"serving\":%s,\"decision_id\":%s}"
                .formatted(revision, decision == null, decision == null ? "null" : '"' + decision + '"');
        byte[] body = (state == null ? json : state).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    ActionTarget target() {
        return target;
    }

    @Override
    String existing() {
        return "chat";
    }

    @Override
    String missing() {
        return "nobody";
    }

    @Override
    void changeBySomebodyElse() {
        revision++;
    }

    @Test
    void aTargetThatDoesNotSayItsRevisionIsRefused() {
        state = "<html>";
        assertThatThrownBy(() -> target.read(request("d1", "chat"))).hasMessageContaining("does not say its revision");
    }
}
