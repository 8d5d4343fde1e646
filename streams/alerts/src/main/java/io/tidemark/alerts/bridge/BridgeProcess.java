package io.tidemark.alerts.bridge;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tidemark.platform.build.BuildInformation;
import io.tidemark.platform.config.Configuration;
import io.tidemark.platform.config.ConfigurationException;
import io.tidemark.platform.metrics.MetricsServer;
import io.tidemark.platform.process.Lifeline;
import io.tidemark.platform.webhook.HttpCaller;
import io.tidemark.platform.webhook.SecretFile;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Main class of the bridges. */
public final class BridgeProcess {

    private static final Logger LOGGER = LoggerFactory.getLogger(BridgeProcess.class);
    private static final int MISCONFIGURED = 2;
    private static final int FAILED = 1;

    private BridgeProcess() {}

    /** Runs until the process is told to stop; see {@link BridgeConfig#keys()} for the flags. */
    public static void main(String[] arguments) throws InterruptedException {
        if (List.of(arguments).contains("--version")) {
            System.out.println("tidemark-bridge " + BuildInformation.version() + " " + BuildInformation.buildId());
            return;
        }
        try {
            Configuration configuration = Configuration.load(BridgeConfig.keys(), System.getenv(), List.of(arguments));
            BridgeConfig config = BridgeConfig.from(configuration);
            List<Delivery> deliveries = deliveries(config, Clock.systemUTC());
            Lifeline.attach(configuration);
            run(config, deliveries);
        } catch (ConfigurationException | IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(MISCONFIGURED);
        }
    }

    /** The one list of bridges. To add one, write its delivery and a line here. */
    static List<Delivery> deliveries(BridgeConfig config, Clock clock) {
        List<Delivery> deliveries = new ArrayList<>();
        config.alertmanager()
                .ifPresent(address -> deliveries.add(new AlertmanagerDelivery(
                        address, new HttpCaller(Optional.empty(), config.deadline(), clock), config.resend(), clock)));
        config.webhook()
                .ifPresent(address -> deliveries.add(new WebhookDelivery(
                        address,
                        new HttpCaller(
                                SecretFile.signature(BridgeConfig.secretKey(), config.secretFile()),
                                config.deadline(),
                                clock))));
        return deliveries;
    }

    /** One thread a bridge; when one breaks down the process ends, and starts again where each was. */
    private static void run(BridgeConfig config, List<Delivery> deliveries) throws InterruptedException {
        PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        CountDownLatch broken = new CountDownLatch(1);
        for (Delivery delivery : deliveries) {
            Bridge bridge = new Bridge(config, delivery, metrics, Clock.systemUTC());
            Thread thread = new Thread(bridge, "bridge-" + delivery.name());
            thread.setUncaughtExceptionHandler((failed, cause) -> {
                LOGGER.error("bridge {} broke down", delivery.name(), cause);
                broken.countDown();
            });
            Runtime.getRuntime().addShutdownHook(new Thread(bridge::stop, "stop-" + delivery.name()));
            thread.start();
        }
        try (MetricsServer endpoint = MetricsServer.start(
                metrics, config.metrics().host(), config.metrics().port(), () -> broken.getCount() > 0)) {
            LOGGER.info("metrics on port {}", endpoint.port());
            broken.await();
        }
        System.exit(FAILED);
    }
}
