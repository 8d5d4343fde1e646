package io.tidemark.gateway.server;

import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.micrometer.core.instrument.MeterRegistry;
import io.tidemark.gateway.inference.InferenceBody;
import io.tidemark.gateway.inference.OutcomeBody;
import io.tidemark.gateway.mapping.MappingTable;
import io.tidemark.gateway.otlp.BodyDecoder;
import io.tidemark.gateway.otlp.TimeWindow;
import io.tidemark.gateway.publish.Publisher;
import io.tidemark.gateway.trust.Quotas;
import io.tidemark.gateway.trust.TenantAccess;
import io.tidemark.platform.access.KeyRing;
import io.tidemark.registry.ConfluentSchemaRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The gateway: both servers, and what they share. */
public final class Gateway implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(Gateway.class);

    /** How much later than its inference an outcome may come: as long as the quality job waits for it. */
    private static final Duration OUTCOME_DELAY = Duration.ofDays(8);

    private static final Duration KEY_REFRESH = Duration.ofSeconds(2);
    private static final Duration DRAIN_DEADLINE = Duration.ofSeconds(10);

    private final RequestsUnderWay underWay = new RequestsUnderWay();
    private final Publisher publisher;
    private final org.eclipse.jetty.server.Server http;
    private final ServerConnector connector;
    private final Server grpc;
    private final ExecutorService grpcThreads;
    private final ScheduledExecutorService refresher;

    private Gateway(GatewayConfig config, MeterRegistry meters, Clock clock) throws IOException {
        KeyRing<TenantAccess> keys = new KeyRing<>(config.keysFile(), config.keys(), config.quota()::granted);
        if (keys.isEmpty()) {
            throw new IllegalArgumentException(
                    "there is no API key; make one with `tidemark ingest key TENANT` and name its file with"
                            + " gateway.keys-file");
        }
        TimeWindow window = TimeWindow.around(clock, config.maximumAge(), config.maximumLead());
        MemoryGate gate = new MemoryGate(config.memoryBytes());
        BodyDecoder decoder = new BodyDecoder(MappingTable.load(), config.limits(), config.policy(), window, clock);
        publisher = new Publisher(
                config.kafka(),
                new ConfluentSchemaRegistry(config.registryUrl(), config.registryProperties()),
                config.delivery(),
                config.linger(),
                config.memoryBytes(),
                clock);
        Intake intake = new Intake(
                keys,
                new Quotas(clock),
                decoder,
                new InferenceBody(config.limits(), config.policy(), window),
                new OutcomeBody(
                        config.limits(),
                        config.policy(),
                        TimeWindow.around(clock, config.maximumAge().plus(OUTCOME_DELAY), config.maximumLead()),
                        clock),
                publisher,
                new GatewayMetrics(meters, gate, underWay),
                underWay,
                clock);
        HttpServer server = HttpServer.of(config, new HttpReceiver(intake, config.limits(), gate, underWay));
        http = server.server();
        connector = server.connector();
        grpcThreads =
                Executors.newFixedThreadPool(Math.max(2, Runtime.getRuntime().availableProcessors()));
        grpc = grpcServer(
                config, new GrpcReceiver(intake, gate, underWay, config.limits().decompressedBytes()), grpcThreads);
        refresher = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "keys");
            thread.setDaemon(true);
            return thread;
        });
        refresher.scheduleWithFixedDelay(
                keys::refresh, KEY_REFRESH.toMillis(), KEY_REFRESH.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Starts a gateway. Kafka and the registry need not be there yet.
     *
     * @throws IllegalStateException when a port is taken
     */
    public static Gateway start(GatewayConfig config, MeterRegistry meters, Clock clock) {
        try {
            Gateway gateway = new Gateway(config, meters, clock);
            gateway.grpc.start();
            gateway.connector.open();
            LifeCycle.start(gateway.http);
            return gateway;
        } catch (IOException e) {
            throw new IllegalStateException(
                    "the gateway cannot listen on %s, ports %d and %d: %s"
                            .formatted(config.host(), config.httpPort(), config.grpcPort(), e.getMessage()),
                    e);
        }
    }

    /** Port of OTLP/HTTP. */
    public int httpPort() {
        return connector.getLocalPort();
    }

    /** Port of OTLP/gRPC. */
    public int grpcPort() {
        return grpc.getPort();
    }

    /** Whether the servers run. */
    public boolean isHealthy() {
        return http.isRunning() && !grpc.isShutdown();
    }

    /** Takes no more requests, waits until Kafka has acknowledged those under way (ten seconds at most), and stops. */
    @Override
    public void close() {
        underWay.close();
        refresher.shutdownNow();
        try {
            int left = underWay.awaitAnswers(DRAIN_DEADLINE);
            if (left > 0) {
                LOGGER.warn("{} requests are cut off: they were not answered within {}", left, DRAIN_DEADLINE);
            }
            grpc.shutdown().awaitTermination(1, TimeUnit.SECONDS);
            stopHttp();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            grpc.shutdownNow();
            grpcThreads.shutdownNow();
            publisher.close();
        }
    }

    /** Connections that clients keep open for their next request are closed after a moment. */
    private void stopHttp() {
        try {
            LifeCycle.stop(http);
        } catch (RuntimeException e) {
            if (!(e.getCause() instanceof TimeoutException)) {
                throw e;
            }
            LOGGER.info("connections that were kept open have been closed");
        }
    }

    private static Server grpcServer(GatewayConfig config, GrpcReceiver receiver, ExecutorService threads)
            throws SSLException {
        NettyServerBuilder builder = NettyServerBuilder.forAddress(
                        new InetSocketAddress(config.host(), config.grpcPort()))
                .maxInboundMessageSize(config.limits().decompressedBytes())
                .maxInboundMetadataSize(1 << 14)
                .executor(threads);
        receiver.services().forEach(builder::addService);
        if (config.tls().isPresent()) {
            TlsSettings tls = config.tls().get();
            SslContextBuilder ssl = GrpcSslContexts.configure(SslContextBuilder.forServer(tls.keyManagers()));
            tls.trustManagers().ifPresent(trust -> ssl.trustManager(trust).clientAuth(ClientAuth.REQUIRE));
            builder.sslContext(ssl.build());
        }
        return builder.build();
    }
}
