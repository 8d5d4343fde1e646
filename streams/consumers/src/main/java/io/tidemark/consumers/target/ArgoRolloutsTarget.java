package io.tidemark.consumers.target;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * An Argo Rollout that is under way is aborted as {@code kubectl argo rollouts abort} does it: {@code status.abort} becomes true, and the
 * controller shifts the traffic back to the stable version. A rollout that has ended is not touched: abort would do nothing. Target:
 * {@code namespace/name}.
 */
public final class ArgoRolloutsTarget implements ActionTarget {

    /** Name of the adapter. */
    public static final String ADAPTER = "argo-rollouts";

    private final KubernetesObjects rollouts;

    public ArgoRolloutsTarget(Supplier<KubernetesClient> client) {
        rollouts =
                new KubernetesObjects(client, KubernetesObjects.kind("argoproj.io", "v1alpha1", "Rollout", "rollouts"));
    }

    @Override
    public String adapter() {
        return ADAPTER;
    }

    @Override
    public TargetState read(ActionRequest request) throws TargetException {
        GenericKubernetesResource rollout = rollouts.read(request.target());
        boolean isAborted = Boolean.TRUE.equals(rollout.get("status", "abort"));
        Object stable = rollout.get("status", "stableRS");
        Object current = rollout.get("status", "currentPodHash");
        boolean isUnderWay = stable != null && current != null && !Objects.equals(stable, current);
        Optional<String> decision = Optional.ofNullable(
                        KubernetesObjects.annotation(rollout, KubernetesObjects.DECISION))
                .filter(each -> isAborted);
        String revision = rollout.getMetadata().getResourceVersion();
        Map<String, Object> state = new HashMap<>(Map.of("resource_version", revision, "abort", isAborted));
        state.put("stable", stable);
        state.put("current", current);
        return new TargetState(
                revision,
                isUnderWay && !isAborted && KubernetesObjects.isCandidate(rollout, request),
                decision,
                Json.text(state));
    }

    /** Two writes, of which the first has no effect on traffic: the status is a resource of its own. */
    @Override
    public void act(ActionRequest request, TargetState seen) throws TargetException {
        GenericKubernetesResource rollout = rollouts.read(request.target());
        rollout.getMetadata().setResourceVersion(seen.revision());
        KubernetesObjects.annotate(rollout, request);
        GenericKubernetesResource annotated = rollouts.update(request.target(), rollout);
        KubernetesObjects.set(annotated, true, "status", "abort");
        rollouts.updateStatus(request.target(), annotated);
    }
}
