package io.tidemark.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.tidemark.stack.Topics;
import io.tidemark.testing.KafkaExtension;
import io.tidemark.testing.TestCertificate;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Instant;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** With a trust store, both ports take clients with a certificate only. */
class MutualTlsIT {

    @RegisterExtension
    static final KafkaExtension KAFKA = new KafkaExtension();

    private static final String PASSWORD = TestCertificate.PASSWORD;

    @TempDir
    private static Path directory;

    private static TestCertificate server;
    private static TestCertificate client;
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        Topics.create(KAFKA.bootstrapServers(), "", 2);
        server = TestCertificate.create(directory, "gateway");
        client = TestCertificate.create(directory, "client");
        gateway = TestGateway.start(
                KAFKA.bootstrapServers(),
                KAFKA.registryUrl(),
                "--gateway.tls=on",
                "--gateway.tls-key-store=" + server.keyStore(),
                "--gateway.tls-key-store-password=" + PASSWORD,
                "--gateway.tls-trust-store=" + client.trustStore(),
                "--gateway.tls-trust-store-password=" + PASSWORD);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void httpTakesClientsWithACertificateOnly() throws Exception {
        assertThat(send(context(true))).isEqualTo(200);
        assertThatThrownBy(() -> send(context(false))).isInstanceOf(IOException.class);
    }

    @Test
    void grpcTakesClientsWithACertificateOnly() throws Exception {
        byte[] body = Bodies.calls(7_000, 1, Instant.now()).toByteArray();
        try (GrpcClient trusted = new GrpcClient(channel(true));
                GrpcClient stranger = new GrpcClient(channel(false))) {
            assertThat(trusted.code(body, Map.of("x-api-key", TestGateway.KEY))).isEqualTo(io.grpc.Status.Code.OK);
            assertThat(stranger.code(body, Map.of("x-api-key", TestGateway.KEY)))
                    .isEqualTo(io.grpc.Status.Code.UNAVAILABLE);
        }
    }

    private static int send(SSLContext context) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("https://127.0.0.1:" + gateway.gateway().httpPort() + "/v1/traces"))
                .header("content-type", "application/x-protobuf")
                .header("x-api-key", TestGateway.KEY)
                .POST(HttpRequest.BodyPublishers.ofByteArray(
                        Bodies.calls(7_100, 1, Instant.now()).toByteArray()))
                .build();
        return HttpClient.newBuilder()
                .sslContext(context)
                .build()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static SSLContext context(boolean withCertificate) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        KeyManager[] keys = withCertificate ? keyManagers().getKeyManagers() : null;
        context.init(keys, trustManagers().getTrustManagers(), null);
        return context;
    }

    private static ManagedChannel channel(boolean withCertificate) throws Exception {
        var ssl = GrpcSslContexts.forClient().trustManager(trustManagers());
        if (withCertificate) {
            ssl.keyManager(keyManagers());
        }
        return NettyChannelBuilder.forAddress("127.0.0.1", gateway.gateway().grpcPort())
                .sslContext(ssl.build())
                .build();
    }

    private static KeyManagerFactory keyManagers() throws Exception {
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(load(client.keyStore()), PASSWORD.toCharArray());
        return factory;
    }

    private static TrustManagerFactory trustManagers() throws Exception {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(load(server.trustStore()));
        return factory;
    }

    private static KeyStore load(Path file) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream stream = Files.newInputStream(file)) {
            store.load(stream, PASSWORD.toCharArray());
        }
        return store;
    }
}
