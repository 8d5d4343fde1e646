package io.tidemark.consumers.target;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidemark.platform.config.Configuration;
import io.tidemark.platform.config.ConfigurationKey;
import io.tidemark.platform.webhook.HttpCaller;
import io.tidemark.platform.webhook.SecretFile;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The one list of systems that can train. To add one, write its class and a line here. */
public final class RetrainingTargets {

    private static final ConfigurationKey<String> AIRFLOW = ConfigurationKey.text(
            "targets.airflow-url", "http://127.0.0.1:8080", "address of the Airflow server, without /api/v2");
    private static final ConfigurationKey<String> AIRFLOW_TOKEN =
            ConfigurationKey.text("targets.airflow-token-file", "", "file with the bearer token of Airflow's API");

    private RetrainingTargets() {}

    /** The keys beside those of {@link TargetSettings}. */
    public static List<ConfigurationKey<?>> keys() {
        return List.of(AIRFLOW, AIRFLOW_TOKEN);
    }

    /** Every retraining target. */
    public static Targets of(Configuration configuration, Supplier<KubernetesClient> kubernetes, Clock clock) {
        TargetSettings settings = TargetSettings.from(configuration);
        String file = configuration.get(AIRFLOW_TOKEN);
        Optional<String> token =
                file.isEmpty() ? Optional.empty() : Optional.of(SecretFile.read(AIRFLOW_TOKEN.name(), file));
        HttpCaller unsigned = new HttpCaller(Optional.empty(), settings.deadline(), clock);
        return new Targets(List.of(
                new AirflowTarget(URI.create(configuration.get(AIRFLOW)), token, unsigned),
                new ArgoWorkflowsTarget(kubernetes),
                new WebhookTarget(settings.webhooks(), settings.signedCaller(clock)),
                new DryRunTarget()));
    }
}
