package io.tidemark.consumers.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FlaggerGateTest {

    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    private final FlaggerGateTarget gates = new FlaggerGateTarget(Duration.ofMinutes(30), CLOCK);
    private final FlaggerGateServer server = FlaggerGateServer.start("127.0.0.1", 0, gates);

    @AfterEach
    void close() {
        server.close();
    }

    /** For this webhook 2xx means "roll back": whatever is not a decision must be something else. */
    @Test
    void onlyADecisionIsAnsweredWithSuccess() throws Exception {
        assertThat(ask("{\"name\":\"assistant\",\"namespace\":\"chat\",\"phase\":\"Progressing\"}"))
                .isEqualTo(403);
        assertThat(ask("no json")).isEqualTo(400);
        assertThat(ask("{\"name\":\"assistant\"}")).isEqualTo(400);

        ActionRequest request = ActionTargetContract.request("d1", "chat/assistant");
        gates.act(request, gates.read(request));

        assertThat(ask("{\"name\":\"assistant\",\"namespace\":\"chat\",\"phase\":\"Progressing\"}"))
                .isEqualTo(200);
        assertThat(ask("{\"name\":\"other\",\"namespace\":\"chat\",\"phase\":\"Progressing\"}"))
                .isEqualTo(403);
        assertThat(gates.read(request).isDone(request)).isTrue();
    }

    @Test
    void aGateOfLongAgoIsClosedAfterARestart() {
        gates.remember("chat/old", "d1", NOW.minus(Duration.ofHours(1)));
        gates.remember("chat/fresh", "d2", NOW.minus(Duration.ofMinutes(1)));

        assertThat(gates.isOpen("chat/old")).isFalse();
        assertThat(gates.isOpen("chat/fresh")).isTrue();
    }

    private int ask(String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:%d/flagger/rollback".formatted(server.port())))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
