package io.tidemark.alerts.bridge;

import io.tidemark.platform.config.Configuration;
import io.tidemark.platform.config.ConfigurationException;
import io.tidemark.platform.config.ConfigurationKey;
import io.tidemark.platform.kafka.KafkaClientSettings;
import io.tidemark.platform.metrics.MetricsSettings;
import io.tidemark.platform.process.Lifeline;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Settings of the bridges.
 *
 * @param alertmanager address of the Alertmanager, without a path; empty: no such bridge
 * @param webhook address that gets every alert event; empty: no such bridge
 * @param secretFile file with the secret that signs the webhook; empty: unsigned
 * @param resend how often the Alertmanager is told again of what fires
 * @param attempts how often a delivery is tried
 * @param firstWait wait after the first attempt; it doubles
 */
public record BridgeConfig(
        KafkaClientSettings kafka,
        String registryUrl,
        Map<String, String> registryProperties,
        Optional<URI> alertmanager,
        Optional<URI> webhook,
        String secretFile,
        Duration resend,
        Duration deadline,
        int attempts,
        Duration firstWait,
        MetricsSettings metrics) {

    private static final ConfigurationKey<String> REGISTRY =
            ConfigurationKey.text("registry.url", null, "address of the schema registry");
    private static final ConfigurationKey<Map<String, String>> REGISTRY_PROPERTIES =
            ConfigurationKey.prefix("registry.properties", "further properties of the registry's client");
    private static final ConfigurationKey<String> ALERTMANAGER =
            ConfigurationKey.text("bridge.alertmanager-url", "", "address of the Alertmanager, without a path");
    private static final ConfigurationKey<String> WEBHOOK =
            ConfigurationKey.text("bridge.webhook-url", "", "address that gets every alert event");
    private static final ConfigurationKey<String> SECRET = ConfigurationKey.text(
            "bridge.webhook-secret-file", "", "file with the secret that signs the webhook; without it it is unsigned");
    private static final ConfigurationKey<Duration> RESEND = ConfigurationKey.duration(
            "bridge.resend",
            Duration.ofMinutes(1),
            Duration.ofSeconds(1),
            "how often the Alertmanager is told again of what fires; it forgets what it is not told");
    private static final ConfigurationKey<Duration> DEADLINE = ConfigurationKey.duration(
            "bridge.deadline", Duration.ofSeconds(5), Duration.ofMillis(50), "longest wait for an answer");
    private static final ConfigurationKey<Integer> ATTEMPTS =
            ConfigurationKey.integer("bridge.attempts", 6, 1, 50, "how often a delivery is tried");
    private static final ConfigurationKey<Duration> FIRST_WAIT = ConfigurationKey.duration(
            "bridge.first-wait",
            Duration.ofMillis(500),
            Duration.ofMillis(1),
            "wait after the first attempt; it doubles");

    /** Every key. */
    public static List<ConfigurationKey<?>> keys() {
        List<ConfigurationKey<?>> keys = new ArrayList<>(List.of(
                REGISTRY,
                REGISTRY_PROPERTIES,
                ALERTMANAGER,
                WEBHOOK,
                SECRET,
                RESEND,
                DEADLINE,
                ATTEMPTS,
                FIRST_WAIT,
                Lifeline.key()));
        keys.addAll(KafkaClientSettings.keys());
        keys.addAll(MetricsSettings.keys());
        return List.copyOf(keys);
    }

    /** The settings of a process. */
    public static BridgeConfig from(Configuration configuration) {
        BridgeConfig config = new BridgeConfig(
                KafkaClientSettings.from(configuration),
                configuration.get(REGISTRY),
                configuration.get(REGISTRY_PROPERTIES),
                address(configuration, ALERTMANAGER),
                address(configuration, WEBHOOK),
                configuration.get(SECRET),
                configuration.get(RESEND),
                configuration.get(DEADLINE),
                configuration.get(ATTEMPTS),
                configuration.get(FIRST_WAIT),
                MetricsSettings.from(configuration));
        if (config.alertmanager().isEmpty() && config.webhook().isEmpty()) {
            throw new ConfigurationException(
                    "there is nowhere to send alerts to; set %s or %s".formatted(ALERTMANAGER.name(), WEBHOOK.name()));
        }
        return config;
    }

    /** Name of the setting with the secret, for messages. */
    static String secretKey() {
        return SECRET.name();
    }

    private static Optional<URI> address(Configuration configuration, ConfigurationKey<String> key) {
        String text = configuration.get(key);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (!text.startsWith("http://") && !text.startsWith("https://")) {
            throw new ConfigurationException(
                    "%s = '%s' must begin with http:// or https://".formatted(key.name(), text));
        }
        return Optional.of(URI.create(text));
    }
}
