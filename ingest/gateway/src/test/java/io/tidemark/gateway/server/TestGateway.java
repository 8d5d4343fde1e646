package io.tidemark.gateway.server;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tidemark.platform.access.ApiKey;
import io.tidemark.platform.config.Configuration;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** A gateway in this process, and a client for it. */
final class TestGateway implements AutoCloseable {

    static final String KEY = "tmk_key-of-acme-0123456789";
    static final String SMALL_KEY = "tmk_key-of-small-0123456789";
    static final String KEYS =
            ApiKey.hash(KEY) + " acme;" + ApiKey.hash(SMALL_KEY) + " small spans-per-second=5 bytes-per-second=1000000";

    private final PrometheusMeterRegistry meters;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Gateway gateway;

    private TestGateway(Gateway gateway, PrometheusMeterRegistry meters) {
        this.meters = meters;
        this.gateway = gateway;
    }

    static TestGateway start(String bootstrapServers, String registryUrl, String... flags) {
        List<String> arguments = new ArrayList<>(List.of(
                "--kafka.bootstrap-servers=" + bootstrapServers,
                "--registry.url=" + registryUrl,
                "--gateway.http-port=0",
                "--gateway.grpc-port=0",
                "--gateway.keys=" + KEYS));
        arguments.addAll(List.of(flags));
        Configuration configuration = Configuration.load(GatewayConfig.keyList(), Map.of(), arguments);
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        return new TestGateway(Gateway.start(GatewayConfig.from(configuration), meters, Clock.systemUTC()), meters);
    }

    PrometheusMeterRegistry meters() {
        return meters;
    }

    Gateway gateway() {
        return gateway;
    }

    HttpResponse<byte[]> post(String path, String type, byte[] body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).header("content-type", type);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(
                request.POST(HttpRequest.BodyPublishers.ofByteArray(body)).build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + gateway.httpPort() + path);
    }

    static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(plain);
        }
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        gateway.close();
    }
}
