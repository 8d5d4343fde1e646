package io.tidemark.gateway.server;

import io.tidemark.stack.ChildProcess;
import io.tidemark.stack.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A gateway as a process of its own, which can be told to stop, or be killed.
 *
 * @param child the process
 */
record ChildGateway(ChildProcess child, int httpPort, int grpcPort, int metricsPort) {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    /** Starts one on free ports and waits until it is ready. */
    static ChildGateway start(String bootstrapServers, String registryUrl, Path directory, String... flags) {
        return startOn(FreePorts.next(), bootstrapServers, registryUrl, directory, flags);
    }

    static ChildGateway startOn(
            int httpPort, String bootstrapServers, String registryUrl, Path directory, String... flags) {
        int grpcPort = FreePorts.next();
        int metricsPort = FreePorts.next();
        List<String> arguments = new ArrayList<>(List.of(
                "--lifeline=stdin",
                "--kafka.bootstrap-servers=" + bootstrapServers,
                "--registry.url=" + registryUrl,
                "--gateway.http-port=" + httpPort,
                "--gateway.grpc-port=" + grpcPort,
                "--metrics.port=" + metricsPort,
                "--gateway.keys=" + TestGateway.KEYS));
        arguments.addAll(List.of(flags));
        ChildProcess child = ChildProcess.start(new ChildProcess.Specification(
                "gateway",
                GatewayProcess.class,
                List.of("-Xmx256m", "-XX:+UseSerialGC"),
                arguments,
                directory.resolve("gateway.log")));
        ChildGateway gateway = new ChildGateway(child, httpPort, grpcPort, metricsPort);
        child.awaitReady(
                () -> gateway.status(gateway.request(httpPort, "/readyz").build()) == 200, PATIENCE);
        return gateway;
    }

    /** Status of the answer to a body of traces. */
    int post(byte[] body) {
        return status(request(httpPort, "/v1/traces")
                .header("content-type", "application/x-protobuf")
                .header("x-api-key", TestGateway.KEY)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build());
    }

    /** A metric without labels. */
    double metric(String name) {
        HttpRequest request = request(metricsPort, "/metrics").build();
        try {
            return CLIENT.send(request, HttpResponse.BodyHandlers.ofString())
                    .body()
                    .lines()
                    .filter(line -> line.startsWith(name + " "))
                    .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("there is no metric " + name));
        } catch (IOException e) {
            throw new AssertionError("the metrics endpoint does not answer", e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private HttpRequest.Builder request(int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    /** 0 when nobody answers. */
    private int status(HttpRequest request) {
        try {
            return CLIENT.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static AssertionError interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new AssertionError("interrupted", e);
    }
}
