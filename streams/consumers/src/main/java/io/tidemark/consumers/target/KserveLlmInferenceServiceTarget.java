package io.tidemark.consumers.target;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidemark.consumers.target.TargetException.Kind;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * KServe's LLMInferenceService: services of one {@code spec.router.route.group} share the traffic by {@code spec.router.route.weight};
 * that of the candidate goes to 0. Refused when nobody else in the group has a weight. Target: {@code namespace/name} of the candidate.
 */
public final class KserveLlmInferenceServiceTarget implements ActionTarget {

    /** Name of the adapter. */
    public static final String ADAPTER = "kserve-llmisvc";

    private static final String[] WEIGHT = {"spec", "router", "route", "weight"};
    private static final String[] GROUP = {"spec", "router", "route", "group"};

    private final KubernetesObjects services;

    public KserveLlmInferenceServiceTarget(Supplier<KubernetesClient> client) {
        services = new KubernetesObjects(
                client,
                KubernetesObjects.kind("serving.kserve.io", "v1alpha1", "LLMInferenceService", "llminferenceservices"));
    }

    @Override
    public String adapter() {
        return ADAPTER;
    }

    @Override
    public TargetState read(ActionRequest request) throws TargetException {
        GenericKubernetesResource service = services.read(request.target());
        Optional<Number> weight = KubernetesObjects.number(service, (Object[]) WEIGHT);
        boolean isServing = weight.filter(each -> each.intValue() > 0).isPresent()
                && KubernetesObjects.isCandidate(service, request);
        Optional<String> decision = Optional.ofNullable(
                        KubernetesObjects.annotation(service, KubernetesObjects.DECISION))
                .filter(each -> weight.filter(value -> value.intValue() == 0).isPresent());
        String revision = service.getMetadata().getResourceVersion();
        Map<String, Object> state = Map.of(
                "resource_version",
                revision,
                "weight",
                weight.<Object>map(each -> each).orElse("unset"));
        return new TargetState(revision, isServing, decision, Json.text(state));
    }

    @Override
    public void act(ActionRequest request, TargetState seen) throws TargetException {
        GenericKubernetesResource service = services.read(request.target());
        requireAnotherInGroup(request, service);
        service.getMetadata().setResourceVersion(seen.revision());
        KubernetesObjects.set(service, 0, WEIGHT);
        KubernetesObjects.annotate(service, request);
        services.update(request.target(), service);
    }

    private void requireAnotherInGroup(ActionRequest request, GenericKubernetesResource service)
            throws TargetException {
        Object group = service.get((Object[]) GROUP);
        boolean others = group != null
                && services.besides(request.target()).stream()
                        .filter(each -> !Objects.equals(
                                each.getMetadata().getName(),
                                service.getMetadata().getName()))
                        .filter(each -> group.equals(each.get((Object[]) GROUP)))
                        .anyMatch(each -> KubernetesObjects.number(each, (Object[]) WEIGHT)
                                .filter(weight -> weight.intValue() > 0)
                                .isPresent());
        if (!others) {
            throw new TargetException(
                    Kind.REFUSED,
                    "nobody else in the route group '%s' of '%s' has a weight: taking its own would leave no one to serve"
                            .formatted(group, request.target()));
        }
    }
}
