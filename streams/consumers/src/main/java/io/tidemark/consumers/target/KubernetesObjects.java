package io.tidemark.consumers.target;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.tidemark.consumers.target.TargetException.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Objects of one kind in Kubernetes, changed only under the resource version that was read. Deployers name the version that an object rolls
 * out in the annotation {@value #CANDIDATE}; where they do, another version's object is never touched.
 */
final class KubernetesObjects {

    /** Annotation by which a target knows a decision that it has had. */
    static final String DECISION = "tidemark.io/decision-id";

    /** Annotation that names the version under test. */
    static final String CANDIDATE = "tidemark.io/candidate-version";

    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    private final Supplier<KubernetesClient> client;
    private final ResourceDefinitionContext kind;

    /** @param client asked for when first needed, so that a consumer without such a target needs no cluster */
    KubernetesObjects(Supplier<KubernetesClient> client, ResourceDefinitionContext kind) {
        this.client = client;
        this.kind = kind;
    }

    static ResourceDefinitionContext kind(String group, String version, String kind, String plural) {
        return new ResourceDefinitionContext.Builder()
                .withGroup(group)
                .withVersion(version)
                .withKind(kind)
                .withPlural(plural)
                .withNamespaced(true)
                .build();
    }

    /** The object {@code namespace/name}; empty when there is none. */
    Optional<GenericKubernetesResource> find(String target) throws TargetException {
        Name name = Name.parse(target);
        return Optional.ofNullable(
                call(target, () -> in(name.namespace()).withName(name.name()).get()));
    }

    /** The object, which must exist. */
    GenericKubernetesResource read(String target) throws TargetException {
        return find(target)
                .orElseThrow(() ->
                        new TargetException(Kind.REFUSED, "there is no %s '%s'".formatted(kind.getKind(), target)));
    }

    /** Everything of this kind in the namespace of a target. */
    List<GenericKubernetesResource> besides(String target) throws TargetException {
        return call(target, () -> in(Name.parse(target).namespace()).list().getItems());
    }

    GenericKubernetesResource update(String target, GenericKubernetesResource changed) throws TargetException {
        return call(target, () -> in(Name.parse(target).namespace())
                .resource(changed)
                .lockResourceVersion(changed.getMetadata().getResourceVersion())
                .update());
    }

    void updateStatus(String target, GenericKubernetesResource changed) throws TargetException {
        call(target, () -> in(Name.parse(target).namespace())
                .resource(changed)
                .lockResourceVersion(changed.getMetadata().getResourceVersion())
                .updateStatus());
    }

    void create(String target, GenericKubernetesResource fresh) throws TargetException {
        call(target, () -> in(Name.parse(target).namespace()).resource(fresh).create());
    }

    /** Whether the object may be what the request wants to take back: it says so, or it says nothing. */
    static boolean isCandidate(GenericKubernetesResource object, ActionRequest request) {
        String named = annotation(object, CANDIDATE);
        return named == null
                || request.candidateVersionId().filter(named::equals).isPresent();
    }

    static String annotation(GenericKubernetesResource object, String name) {
        Map<String, String> annotations = object.getMetadata().getAnnotations();
        return annotations == null ? null : annotations.get(name);
    }

    static void annotate(GenericKubernetesResource object, ActionRequest request) {
        Map<String, String> annotations = object.getMetadata().getAnnotations() == null
                ? new HashMap<>()
                : new HashMap<>(object.getMetadata().getAnnotations());
        annotations.put(DECISION, request.decisionId());
        object.getMetadata().setAnnotations(annotations);
    }

    /** Sets a value deep in an object; what is missing on the way is made. */
    @SuppressWarnings("unchecked")
    static void set(GenericKubernetesResource object, Object value, String... path) {
        Map<String, Object> at = object.getAdditionalProperties();
        for (int index = 0; index < path.length - 1; index++) {
            at = (Map<String, Object>) at.computeIfAbsent(path[index], key -> new HashMap<String, Object>());
        }
        at.put(path[path.length - 1], value);
    }

    /** A number deep in an object. */
    static Optional<Number> number(GenericKubernetesResource object, Object... path) {
        return object.get(path) instanceof Number number ? Optional.of(number) : Optional.empty();
    }

    private NonNamespaceOperation<
                    GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>>
            in(String namespace) {
        MixedOperation<GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>>
                all = client.get().genericKubernetesResources(kind);
        return all.inNamespace(namespace);
    }

    private <T> T call(String target, Supplier<T> operation) throws TargetException {
        try {
            return operation.get();
        } catch (KubernetesClientException e) {
            Kind result =
                    switch (e.getCode()) {
                        case CONFLICT -> Kind.CONFLICT;
                        case NOT_FOUND -> Kind.REFUSED;
                        default -> e.getCode() / 100 == 4 && e.getCode() != 429 ? Kind.REFUSED : Kind.UNAVAILABLE;
                    };
            throw new TargetException(
                    result, "Kubernetes, %s '%s': %s".formatted(kind.getKind(), target, e.getMessage()), e);
        }
    }

    /** Namespace and name of an object. */
    private record Name(String namespace, String name) {

        static Name parse(String target) {
            int slash = target.indexOf('/');
            return slash < 0
                    ? new Name("default", target)
                    : new Name(target.substring(0, slash), target.substring(slash + 1));
        }
    }
}
