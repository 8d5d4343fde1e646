package io.tidemark.consumers.target;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** A Kubernetes object of which one number says how much traffic the candidate gets; it goes to 0. */
abstract class TrafficNumberTarget implements ActionTarget {

    private final String adapter;
    private final String stateName;
    private final String[] path;
    private final KubernetesObjects objects;

    /**
     * @param stateName name of the number in the audit
     * @param path where it stands in the object
     */
    TrafficNumberTarget(
            String adapter,
            Supplier<KubernetesClient> client,
            ResourceDefinitionContext kind,
            String stateName,
            String... path) {
        this.adapter = adapter;
        this.stateName = stateName;
        this.path = path.clone();
        this.objects = new KubernetesObjects(client, kind);
    }

    /** Checks what must hold besides, before the object is changed. */
    void requireSafe(ActionRequest request, GenericKubernetesResource object) throws TargetException {
        // a kind with a condition of its own overrides this
    }

    final KubernetesObjects objects() {
        return objects;
    }

    /** Whether an object gets traffic. */
    final boolean hasTraffic(GenericKubernetesResource object) {
        return number(object).filter(each -> each.intValue() > 0).isPresent();
    }

    private Optional<Number> number(GenericKubernetesResource object) {
        return KubernetesObjects.number(object, (Object[]) path);
    }

    @Override
    public final String adapter() {
        return adapter;
    }

    @Override
    public final TargetState read(ActionRequest request) throws TargetException {
        GenericKubernetesResource object = objects.read(request.target());
        Optional<Number> number = number(object);
        boolean isOff = number.filter(each -> each.intValue() == 0).isPresent();
        Optional<String> decision = Optional.ofNullable(
                        KubernetesObjects.annotation(object, KubernetesObjects.DECISION))
                .filter(each -> isOff);
        String revision = object.getMetadata().getResourceVersion();
        Map<String, Object> state = Map.of(
                "resource_version",
                revision,
                stateName,
                number.<Object>map(each -> each).orElse("unset"));
        boolean isServing = hasTraffic(object) && KubernetesObjects.isCandidate(object, request);
        return new TargetState(revision, isServing, decision, Json.text(state));
    }

    @Override
    public final void act(ActionRequest request, TargetState seen) throws TargetException {
        GenericKubernetesResource object = objects.read(request.target());
        requireSafe(request, object);
        object.getMetadata().setResourceVersion(seen.revision());
        KubernetesObjects.set(object, 0, path);
        KubernetesObjects.annotate(object, request);
        objects.update(request.target(), object);
    }
}
