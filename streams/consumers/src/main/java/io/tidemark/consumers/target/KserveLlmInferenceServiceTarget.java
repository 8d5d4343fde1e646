package io.tidemark.consumers.target;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidemark.consumers.target.TargetException.Kind;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * KServe's LLMInferenceService: services of one {@code spec.router.route.group} share the traffic by {@code spec.router.route.weight};
 * that of the candidate goes to 0. Refused when nobody else in the group has a weight. Target: {@code namespace/name} of the candidate.
 */
public final class KserveLlmInferenceServiceTarget extends TrafficNumberTarget {

    /** Name of the adapter. */
    public static final String ADAPTER = "kserve-llmisvc";

    private static final Object[] GROUP = {"spec", "router", "route", "group"};

    public KserveLlmInferenceServiceTarget(Supplier<KubernetesClient> client) {
        super(
                ADAPTER,
                client,
                KubernetesObjects.kind("serving.kserve.io", "v1alpha1", "LLMInferenceService", "llminferenceservices"),
                "weight",
                "spec",
                "router",
                "route",
                "weight");
    }

    @Override
    void requireSafe(ActionRequest request, GenericKubernetesResource service) throws TargetException {
        Object group = service.get(GROUP);
        boolean others = group != null
                && objects().besides(request.target()).stream()
                        .filter(each -> !Objects.equals(
                                each.getMetadata().getName(),
                                service.getMetadata().getName()))
                        .filter(each -> group.equals(each.get(GROUP)))
                        .anyMatch(this::hasTraffic);
        if (!others) {
            throw new TargetException(
                    Kind.REFUSED,
                    "nobody else in the route group '%s' of '%s' has a weight: taking its own would leave no one to serve"
                            .formatted(group, request.target()));
        }
    }
}
