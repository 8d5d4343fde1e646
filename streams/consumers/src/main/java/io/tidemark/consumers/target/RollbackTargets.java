package io.tidemark.consumers.target;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;

/** The one list of systems on which a release can be taken back. To add one, write its class and a line here. */
public final class RollbackTargets {

    private RollbackTargets() {}

    /** Every rollback target. */
    public static Targets of(
            TargetSettings settings, FlaggerGateTarget flagger, Supplier<KubernetesClient> kubernetes, Clock clock) {
        return new Targets(List.of(
                new KserveInferenceServiceTarget(kubernetes),
                new KserveLlmInferenceServiceTarget(kubernetes),
                new ArgoRolloutsTarget(kubernetes),
                flagger,
                new WebhookTarget(settings.webhooks(), settings.signedCaller(clock)),
                new DryRunTarget()));
    }
}
