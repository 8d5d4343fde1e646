package io.tidemark.consumers.target;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.tidemark.platform.config.Configuration;
import io.tidemark.platform.config.ConfigurationKey;
import io.tidemark.platform.webhook.HttpCaller;
import io.tidemark.platform.webhook.SecretFile;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Settings of targets. Kubernetes is found as its own tools find it: service account, or {@code KUBECONFIG}.
 *
 * @param webhooks address of each webhook, by its name
 * @param webhookSecretFile file with the secret that signs webhooks; empty: unsigned
 * @param deadline longest wait for an answer
 */
public record TargetSettings(
        Map<String, URI> webhooks,
        String webhookSecretFile,
        Duration deadline,
        Duration flaggerOpenFor,
        int flaggerPort) {

    private static final ConfigurationKey<Map<String, String>> WEBHOOKS =
            ConfigurationKey.prefix("targets.webhook", "address of each webhook target, by its name");
    private static final ConfigurationKey<String> SECRET = ConfigurationKey.text(
            "targets.webhook-secret-file",
            "",
            "file with the secret that signs webhooks; without it they are unsigned");
    private static final ConfigurationKey<Duration> DEADLINE = ConfigurationKey.duration(
            "targets.deadline",
            Duration.ofSeconds(5),
            Duration.ofMillis(50),
            "longest wait for the answer of a target");
    private static final ConfigurationKey<Duration> FLAGGER_OPEN = ConfigurationKey.duration(
            "targets.flagger-open-for",
            Duration.ofMinutes(30),
            Duration.ofSeconds(10),
            "how long a Flagger gate stays open");
    private static final ConfigurationKey<Integer> FLAGGER_PORT = ConfigurationKey.integer(
            "targets.flagger-port", -1, -1, 65_535, "port of the Flagger gate; 0 a free one, -1 none");

    /** Every key. */
    public static List<ConfigurationKey<?>> keys() {
        return List.of(WEBHOOKS, SECRET, DEADLINE, FLAGGER_OPEN, FLAGGER_PORT);
    }

    /** The settings of a process. */
    public static TargetSettings from(Configuration configuration) {
        Map<String, URI> addresses = configuration.get(WEBHOOKS).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, each -> URI.create(each.getValue())));
        return new TargetSettings(
                addresses,
                configuration.get(SECRET),
                configuration.get(DEADLINE),
                configuration.get(FLAGGER_OPEN),
                configuration.get(FLAGGER_PORT));
    }

    /** A caller that signs with the webhook secret. */
    public HttpCaller signedCaller(Clock clock) {
        return new HttpCaller(SecretFile.signature(SECRET.name(), webhookSecretFile), deadline, clock);
    }

    /** A client of the cluster that this process belongs to; opened when first asked for. */
    public static Supplier<KubernetesClient> kubernetes() {
        return new Supplier<>() {
            private KubernetesClient client;

            @Override
            public synchronized KubernetesClient get() {
                if (client == null) {
                    client = new KubernetesClientBuilder().build();
                }
                return client;
            }
        };
    }
}
