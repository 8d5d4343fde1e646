package io.tidemark.consumers;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tidemark.consumers.target.Targets;
import io.tidemark.platform.build.BuildInformation;
import io.tidemark.platform.config.Configuration;
import io.tidemark.platform.config.ConfigurationException;
import io.tidemark.platform.config.ConfigurationKey;
import io.tidemark.platform.metrics.MetricsServer;
import io.tidemark.platform.process.Lifeline;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a consumer runs as a process: settings, metrics endpoint, orderly stop. */
final class ConsumerProcess {

    private static final Logger LOGGER = LoggerFactory.getLogger(ConsumerProcess.class);
    private static final int MISCONFIGURED = 2;
    private static final int FAILED = 1;

    private ConsumerProcess() {}

    /**
     * What one kind of consumer is made of.
     *
     * @param source what it decides
     * @param targets where it acts
     */
    record Kind(ConsumerConfig config, DecisionSource source, Targets targets) {}

    static void main(
            String name, String[] arguments, Collection<ConfigurationKey<?>> keys, Function<Configuration, Kind> kind) {
        if (List.of(arguments).contains("--version")) {
            System.out.println(name + " " + BuildInformation.version() + " " + BuildInformation.buildId());
            return;
        }
        try {
            Configuration configuration = Configuration.load(keys, System.getenv(), List.of(arguments));
            Kind made = kind.apply(configuration);
            Lifeline.attach(configuration);
            run(name, made);
        } catch (ConfigurationException | IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(MISCONFIGURED);
        }
    }

    private static void run(String name, Kind kind) {
        PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        try (ActionConsumer consumer =
                new ActionConsumer(kind.config(), kind.source(), kind.targets(), metrics, Clock.systemUTC())) {
            Thread loop = new Thread(consumer, name);
            loop.setUncaughtExceptionHandler((thread, cause) -> failure.set(cause));
            try (MetricsServer endpoint = MetricsServer.start(
                    metrics,
                    kind.config().metrics().host(),
                    kind.config().metrics().port(),
                    loop::isAlive)) {
                loop.start();
                Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(consumer, loop), "shutdown"));
                LOGGER.info(
                        "{} {}; metrics on port {}",
                        name,
                        kind.config().guards().armed() ? "is armed" : "runs dry: it changes nothing",
                        endpoint.port());
                join(loop);
            }
        }
        if (failure.get() != null) {
            LOGGER.error("{} broke down; started again it continues from the audit", name, failure.get());
            Runtime.getRuntime().halt(FAILED);
        }
    }

    private static void stop(ActionConsumer consumer, Thread loop) {
        consumer.stop();
        join(loop);
    }

    private static void join(Thread loop) {
        try {
            loop.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
