package io.tidemark.gateway.server;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tidemark.platform.build.BuildInformation;
import io.tidemark.platform.config.Configuration;
import io.tidemark.platform.config.ConfigurationException;
import io.tidemark.platform.metrics.MetricsServer;
import io.tidemark.platform.process.Lifeline;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Main class of the gateway. */
public final class GatewayProcess {

    private static final Logger LOGGER = LoggerFactory.getLogger(GatewayProcess.class);
    private static final int MISCONFIGURED = 2;

    private GatewayProcess() {}

    /** Runs until the process is told to stop; see {@link GatewayConfig#keyList()} for the flags. */
    public static void main(String[] arguments) throws InterruptedException {
        if (List.of(arguments).contains("--version")) {
            System.out.println("tidemark-gateway " + BuildInformation.version() + " " + BuildInformation.buildId());
            return;
        }
        try {
            Configuration configuration =
                    Configuration.load(GatewayConfig.keyList(), System.getenv(), List.of(arguments));
            GatewayConfig config = GatewayConfig.from(configuration);
            Lifeline.attach(configuration);
            run(config);
        } catch (ConfigurationException | IllegalArgumentException | IllegalStateException e) {
            System.err.println(e.getMessage());
            System.exit(MISCONFIGURED);
        }
    }

    private static void run(GatewayConfig config) throws InterruptedException {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            stop.countDown();
                            try {
                                stopped.await();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        },
                        "shutdown"));
        try (Gateway gateway = Gateway.start(config, registry, Clock.systemUTC());
                MetricsServer endpoint = MetricsServer.start(
                        registry, config.metrics().host(), config.metrics().port(), gateway::isHealthy)) {
            LOGGER.info(
                    "OTLP/HTTP on port {}, OTLP/gRPC on port {}, metrics on port {}",
                    gateway.httpPort(),
                    gateway.grpcPort(),
                    endpoint.port());
            stop.await();
        } finally {
            LOGGER.info("the gateway has stopped");
            stopped.countDown();
        }
    }
}
