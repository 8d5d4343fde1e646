package io.tidemark.consumers.target;

import static org.assertj.core.api.Assertions.assertThat;
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
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a server that speaks the part of Airflow's REST API, version 2, that is used. */
class AirflowTargetTest {

    private final Map<String, String> runs = new ConcurrentHashMap<>();
    private volatile int status = 200;
    private HttpServer server;
    private AirflowTarget target;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/api/v2/dags/retrain/dagRuns", this::answer);
        server.start();
        target = new AirflowTarget(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
                Optional.of("the-token"),
                new HttpCaller(Optional.empty(), Duration.ofSeconds(5), Clock.systemUTC()));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String path = exchange.getRequestURI().getPath();
        int code = status;
        if (!"Bearer the-token".equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            code = 401;
        } else if (code == 200 && exchange.getRequestMethod().equals("GET")) {
            code = runs.containsKey(path.substring(path.lastIndexOf('/') + 1)) ? 200 : 404;
        } else if (code == 200) {
            String id = Json.object(body).path("dag_run_id").asText();
            code = runs.putIfAbsent(id, body) == null ? 200 : 409;
        }
        byte[] answer = "{\"state\":\"queued\"}".getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(code, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    @Test
    void oneRunForOneDecisionHoweverOftenItIsAskedFor() throws Exception {
        ActionRequest request = ActionTargetContract.request("d1", "retrain");
        TargetState before = target.read(request);
        assertThat(before.isDone(request)).isFalse();
        target.act(request, before);
        target.act(request, before);

        assertThat(runs).containsOnlyKeys("tidemark-d1");
        assertThat(Json.object(runs.get("tidemark-d1"))
                        .path("conf")
                        .path("decision_id")
                        .asText())
                .isEqualTo("x");
        assertThat(target.read(request).isDone(request)).isTrue();
        assertThat(target.read(request).json()).contains("queued");
    }

    @Test
    void anUnknownDagIsRefusedAndAServerInTroubleIsAskedAgain() {
        ActionRequest unknown = ActionTargetContract.request("d1", "nothing");
        assertThatThrownBy(() -> target.act(unknown, new TargetState("no-run", true, Optional.empty(), "{}")))
                .isInstanceOfSatisfying(
                        TargetException.class, e -> assertThat(e.kind()).isEqualTo(TargetException.Kind.REFUSED))
                .hasMessageContaining("404");
        status = 503;
        assertThatThrownBy(() -> target.read(ActionTargetContract.request("d1", "retrain")))
                .isInstanceOfSatisfying(
                        TargetException.class, e -> assertThat(e.kind()).isEqualTo(TargetException.Kind.UNAVAILABLE));
    }
}
