package io.tidemark.consumers.target;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * KServe's InferenceService in serverless mode: {@code spec.predictor.canaryTrafficPercent} goes to 0, which pins the traffic to the
 * revision that was rolled out before. Target: {@code namespace/name}.
 */
public final class KserveInferenceServiceTarget implements ActionTarget {

    /** Name of the adapter. */
    public static final String ADAPTER = "kserve-isvc";

    private static final String[] PERCENT = {"spec", "predictor", "canaryTrafficPercent"};

    private final KubernetesObjects services;

    public KserveInferenceServiceTarget(Supplier<KubernetesClient> client) {
        services = new KubernetesObjects(
                client,
                KubernetesObjects.kind("serving.kserve.io", "v1beta1", "InferenceService", "inferenceservices"));
    }

    @Override
    public String adapter() {
        return ADAPTER;
    }

    @Override
    public TargetState read(ActionRequest request) throws TargetException {
        GenericKubernetesResource service = services.read(request.target());
        Optional<Number> percent = KubernetesObjects.number(service, (Object[]) PERCENT);
        boolean isServing = percent.filter(each -> each.intValue() > 0).isPresent()
                && KubernetesObjects.isCandidate(service, request);
        Optional<String> decision = Optional.ofNullable(
                        KubernetesObjects.annotation(service, KubernetesObjects.DECISION))
                .filter(each -> percent.filter(value -> value.intValue() == 0).isPresent());
        String revision = service.getMetadata().getResourceVersion();
        Map<String, Object> state = Map.of(
                "resource_version",
                revision,
                "canary_traffic_percent",
                percent.<Object>map(each -> each).orElse("unset"));
        return new TargetState(revision, isServing, decision, Json.text(state));
    }

    @Override
    public void act(ActionRequest request, TargetState seen) throws TargetException {
        GenericKubernetesResource service = services.read(request.target());
        service.getMetadata().setResourceVersion(seen.revision());
        KubernetesObjects.set(service, 0, PERCENT);
        KubernetesObjects.annotate(service, request);
        services.update(request.target(), service);
    }
}
