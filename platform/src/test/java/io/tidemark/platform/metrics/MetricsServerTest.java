package io.tidemark.platform.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class MetricsServerTest {

    private static final String LOOPBACK = "127.0.0.1";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    @Test
    void metricsAndHealthAreServed() throws Exception {
        registry.counter("tidemark.rows").increment(3);
        AtomicBoolean healthy = new AtomicBoolean(true);
        try (MetricsServer server = MetricsServer.start(registry, LOOPBACK, 0, healthy::get)) {
            assertThat(ask(server, "/metrics").body()).contains("tidemark_rows_total 3.0");
            assertThat(ask(server, "/healthz").statusCode()).isEqualTo(200);
            healthy.set(false);
            assertThat(ask(server, "/healthz").statusCode()).isEqualTo(503);
        }
    }

    @Test
    void aTakenPortIsNamed() {
        try (MetricsServer server = MetricsServer.start(registry, LOOPBACK, 0, () -> true)) {
            int port = server.port();
            assertThatThrownBy(() -> MetricsServer.start(registry, LOOPBACK, port, () -> true))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("metrics port %d on 127.0.0.1 is in use; choose another with --metrics.port"
                            .formatted(port));
        }
    }

    private static HttpResponse<String> ask(MetricsServer server, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + LOOPBACK + ":" + server.port() + path))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
