package io.tidemark.console;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tidemark.platform.build.BuildInformation;
import io.tidemark.platform.config.Configuration;
import io.tidemark.platform.config.ConfigurationException;
import io.tidemark.platform.metrics.MetricsServer;
import io.tidemark.platform.process.Lifeline;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Main class of the console. */
public final class ConsoleProcess {

    private static final Logger LOGGER = LoggerFactory.getLogger(ConsoleProcess.class);
    private static final int MISCONFIGURED = 2;

    private ConsoleProcess() {}

    /** Runs until the process is told to stop; see {@link ConsoleConfig#keyList()} for the flags. */
    public static void main(String[] arguments) {
        if (List.of(arguments).contains("--version")) {
            System.out.println("tidemark-console " + BuildInformation.version() + " " + BuildInformation.buildId());
            return;
        }
        try {
            Configuration configuration =
                    Configuration.load(ConsoleConfig.keyList(), System.getenv(), List.of(arguments));
            Lifeline.attach(configuration);
            start(ConsoleConfig.from(configuration));
        } catch (ConfigurationException | IllegalArgumentException | IllegalStateException e) {
            System.err.println(e.getMessage());
            System.exit(MISCONFIGURED);
        }
    }

    /** The process lives as long as its servers do; being told to stop closes them. */
    private static void start(ConsoleConfig config) {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        Console console = Console.start(config, registry, Clock.systemUTC());
        MetricsServer endpoint = MetricsServer.start(
                registry, config.metrics().host(), config.metrics().port(), console::isHealthy);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            console.close();
                            endpoint.close();
                            LOGGER.info("the console has stopped");
                        },
                        "shutdown"));
        LOGGER.info("the console is on port {}, metrics on port {}", console.port(), endpoint.port());
    }
}
