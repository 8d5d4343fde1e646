package io.tidemark.assembly.stream;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tidemark.platform.build.BuildInformation;
import io.tidemark.platform.config.Configuration;
import io.tidemark.platform.config.ConfigurationException;
import io.tidemark.platform.metrics.MetricsServer;
import io.tidemark.platform.process.Lifeline;
import io.tidemark.registry.ConfluentSchemaRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Main class of the trace assembler. */
public final class AssemblyProcess {

    private static final Logger LOGGER = LoggerFactory.getLogger(AssemblyProcess.class);
    private static final Duration STOP_DEADLINE = Duration.ofSeconds(10);
    private static final int MISCONFIGURED = 2;

    private AssemblyProcess() {}

    /** Runs until the process is told to stop; see {@link AssemblyConfig#keys()} for the flags. */
    public static void main(String[] arguments) throws InterruptedException {
        if (List.of(arguments).contains("--version")) {
            System.out.println("tidemark-assembly " + BuildInformation.version() + " " + BuildInformation.buildId());
            return;
        }
        try {
            Configuration configuration =
                    Configuration.load(AssemblyConfig.keys(), System.getenv(), List.of(arguments));
            AssemblyConfig config = AssemblyConfig.from(configuration);
            Lifeline.attach(configuration);
            run(config);
        } catch (ConfigurationException | IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(MISCONFIGURED);
        }
    }

    /** A broken thread is replaced: the registry or the broker was away, and what it had not committed is read again. */
    static KafkaStreams streams(AssemblyConfig config, PrometheusMeterRegistry registry) {
        KafkaStreams streams = new KafkaStreams(
                AssemblyTopology.build(
                        config.limits(),
                        new ConfluentSchemaRegistry(config.registryUrl(), config.registryProperties()),
                        registry),
                config.streams());
        streams.setUncaughtExceptionHandler(failure -> {
            LOGGER.error("an assembly thread broke down and is replaced", failure);
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        });
        return streams;
    }

    private static void run(AssemblyConfig config) throws InterruptedException {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        KafkaStreams streams = streams(config, registry);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            streams.close(STOP_DEADLINE);
                            stopped.countDown();
                        },
                        "shutdown"));
        try (MetricsServer endpoint = MetricsServer.start(
                registry, config.metrics().host(), config.metrics().port(), () -> streams.state()
                        .isRunningOrRebalancing())) {
            streams.start();
            LOGGER.info("metrics on port {}", endpoint.port());
            stopped.await();
        }
    }
}
