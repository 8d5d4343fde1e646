package io.tidemark.sink;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tidemark.platform.build.BuildInformation;
import io.tidemark.platform.config.Configuration;
import io.tidemark.platform.config.ConfigurationException;
import io.tidemark.platform.metrics.MetricsServer;
import io.tidemark.platform.process.Lifeline;
import io.tidemark.sink.insert.InsertPath;
import io.tidemark.sink.insert.NativePath;
import io.tidemark.sink.migration.MigrationException;
import io.tidemark.sink.migration.Migrations;
import io.tidemark.sink.service.SinkService;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Main class of the sink. */
public final class SinkProcess {

    private static final Logger LOGGER = LoggerFactory.getLogger(SinkProcess.class);
    private static final int MISCONFIGURED = 2;
    private static final int FAILED = 1;

    private SinkProcess() {}

    /** Runs until the process is told to stop; see {@link SinkConfig#keys()} for the flags. */
    public static void main(String[] arguments) {
        if (List.of(arguments).contains("--version")) {
            System.out.println("tidemark-sink " + BuildInformation.version() + " " + BuildInformation.buildId());
            return;
        }
        try {
            Configuration configuration = SinkConfig.load(System.getenv(), List.of(arguments));
            SinkConfig config = SinkConfig.from(configuration);
            Lifeline.attach(configuration);
            run(config);
        } catch (ConfigurationException | IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(MISCONFIGURED);
        } catch (MigrationException e) {
            LOGGER.error("the sink does not start: {}", e.getMessage());
            System.exit(FAILED);
        }
    }

    private static void run(SinkConfig config) {
        if (config.migrate()) {
            Migrations.apply(
                    config.jdbcUrl(), config.target().user(), config.target().password(), config.migrations());
        }
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try (InsertPath path = new NativePath(config.target());
                Producer<byte[], byte[]> deadLetters = SinkWiring.deadLetters(config)) {
            SinkService service = SinkWiring.service(config, path, deadLetters, registry);
            AtomicReference<Throwable> failure = new AtomicReference<>();
            Thread loop = new Thread(service, "sink");
            loop.setUncaughtExceptionHandler((thread, cause) -> failure.set(cause));
            try (MetricsServer endpoint = MetricsServer.start(
                    registry, config.metrics().host(), config.metrics().port(), loop::isAlive)) {
                loop.start();
                stopAtShutdown(service, loop);
                LOGGER.info("metrics on port {}", endpoint.port());
                join(loop);
            }
            if (failure.get() != null) {
                LOGGER.error("the sink broke down; started again it continues where it was", failure.get());
                System.exit(FAILED);
            }
        }
        LOGGER.info("the sink has stopped");
    }

    private static void stopAtShutdown(SinkService service, Thread loop) {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            service.close();
                            join(loop);
                        },
                        "shutdown"));
    }

    private static void join(Thread loop) {
        try {
            loop.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
