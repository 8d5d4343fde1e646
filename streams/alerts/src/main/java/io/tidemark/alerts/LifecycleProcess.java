package io.tidemark.alerts;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tidemark.alerts.topology.LifecycleMetrics;
import io.tidemark.alerts.topology.LifecycleTopology;
import io.tidemark.platform.build.BuildInformation;
import io.tidemark.platform.config.Configuration;
import io.tidemark.platform.config.ConfigurationException;
import io.tidemark.platform.metrics.MetricsServer;
import io.tidemark.platform.process.Lifeline;
import io.tidemark.registry.ConfluentSchemaRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Main class of the alert lifecycle. */
public final class LifecycleProcess {

    private static final Logger LOGGER = LoggerFactory.getLogger(LifecycleProcess.class);
    private static final int MISCONFIGURED = 2;
    private static final int FAILED = 1;
    private static final Duration STOP_DEADLINE = Duration.ofSeconds(10);

    private LifecycleProcess() {}

    /** Runs until the process is told to stop; see {@link LifecycleConfig#keys()} for the flags. */
    public static void main(String[] arguments) throws InterruptedException {
        if (List.of(arguments).contains("--version")) {
            System.out.println("tidemark-alerts " + BuildInformation.version() + " " + BuildInformation.buildId());
            return;
        }
        try {
            Configuration configuration =
                    Configuration.load(LifecycleConfig.keys(), System.getenv(), List.of(arguments));
            LifecycleConfig config = LifecycleConfig.from(configuration);
            Lifeline.attach(configuration);
            run(config);
        } catch (ConfigurationException | IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(MISCONFIGURED);
        }
    }

    private static void run(LifecycleConfig config) throws InterruptedException {
        PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        Topology topology = LifecycleTopology.build(
                config,
                new ConfluentSchemaRegistry(config.registryUrl(), config.registryProperties()),
                new LifecycleMetrics(metrics),
                Clock.systemUTC());
        CountDownLatch ended = new CountDownLatch(1);
        KafkaStreams streams = new KafkaStreams(topology, config.streams());
        streams.setUncaughtExceptionHandler(failure -> {
            LOGGER.error("the alert lifecycle broke down; started again it continues where it was", failure);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
        streams.setStateListener((now, before) -> {
            if (now == KafkaStreams.State.ERROR || now == KafkaStreams.State.NOT_RUNNING) {
                ended.countDown();
            }
        });
        Runtime.getRuntime().addShutdownHook(new Thread(() -> streams.close(farewell(config)), "shutdown"));
        try (MetricsServer endpoint = MetricsServer.start(
                metrics, config.metrics().host(), config.metrics().port(), () -> streams.state()
                        .isRunningOrRebalancing())) {
            streams.start();
            LOGGER.info("metrics on port {}", endpoint.port());
            ended.await();
        }
        if (streams.state() == KafkaStreams.State.ERROR || streams.state() == KafkaStreams.State.PENDING_ERROR) {
            Runtime.getRuntime().halt(FAILED);
        }
    }

    /** A live instance that stops will be back, and keeps its place; that of a replay will not. */
    private static CloseOptions farewell(LifecycleConfig config) {
        return CloseOptions.timeout(STOP_DEADLINE)
                .withGroupMembershipOperation(
                        config.isLive()
                                ? CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP
                                : CloseOptions.GroupMembershipOperation.LEAVE_GROUP);
    }
}
