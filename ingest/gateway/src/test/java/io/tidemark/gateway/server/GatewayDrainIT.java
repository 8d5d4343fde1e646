package io.tidemark.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.stack.Topics;
import io.tidemark.testing.KafkaExtension;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The gateway is told to stop (SIGTERM) while requests are under way. */
class GatewayDrainIT {

    @RegisterExtension
    static final KafkaExtension KAFKA = new KafkaExtension();

    /** What a JVM ends with that was told to stop and has run its shutdown hooks: 128 and the number of SIGTERM. */
    private static final int TERMINATED = 143;

    private static final int CALLS = 7;
    private static final long FIRST_HTTP = 5_000_000;
    private static final long FIRST_GRPC = 6_000_000;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    private Path directory;

    @Test
    void requestsUnderWayAreAnsweredAndNewOnesAreToldToGoElsewhere() throws Exception {
        Topics.create(KAFKA.bootstrapServers(), "", 2);
        ChildGateway gateway = ChildGateway.start(KAFKA.bootstrapServers(), KAFKA.registryUrl(), directory);
        byte[] body = Bodies.calls(FIRST_HTTP, CALLS, Instant.now()).toByteArray();
        try (Socket open = new Socket("127.0.0.1", gateway.httpPort());
                GrpcClient grpc = GrpcClient.plain(gateway.grpcPort())) {
            OutputStream output = open.getOutputStream();
            output.write(head(body.length));
            output.write(body, 0, body.length / 2);
            output.flush();
            GrpcClient.HalfSent half =
                    grpc.halfSent(Bodies.calls(FIRST_GRPC, CALLS, Instant.now()).toByteArray(), TestGateway.KEY);
            await().atMost(PATIENCE).until(() -> gateway.metric("tidemark_gateway_requests_in_flight") == 2);

            gateway.child().terminate();
            await().atMost(PATIENCE).until(() -> gateway.post(body) == 503);
            output.write(body, body.length / 2, body.length - body.length / 2);
            output.flush();
            assertThat(statusLine(open.getInputStream())).isEqualTo("HTTP/1.1 200 OK");
            assertThat(half.finish()).isEqualTo(io.grpc.Status.Code.OK);
        }
        assertThat(gateway.child().awaitExit(PATIENCE)).isEqualTo(TERMINATED);
        List<String> stored = SpansInKafka.all(KAFKA.bootstrapServers(), KAFKA.registryUrl()).stream()
                .map(span -> span.getSpan().getSpanId())
                .toList();
        for (int i = 0; i < CALLS; i++) {
            assertThat(stored).contains("%016x".formatted(FIRST_HTTP + i), "%016x".formatted(FIRST_GRPC + i));
        }
    }

    private static byte[] head(int length) {
        return ("POST /v1/traces HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/x-protobuf\r\nx-api-key: "
                        + TestGateway.KEY + "\r\ncontent-length: " + length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static String statusLine(InputStream stream) throws IOException {
        StringBuilder line = new StringBuilder();
        InputStream input = new BufferedInputStream(stream);
        for (int c = input.read(); c >= 0 && c != '\r'; c = input.read()) {
            line.append((char) c);
        }
        return line.toString();
    }
}
