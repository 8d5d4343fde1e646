package io.tidemark.consumers.target;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidemark.consumers.target.TargetException.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Argo Workflows: one Workflow for each decision, made from a WorkflowTemplate. Its name follows from the decision, so that a second one
 * cannot be made. Target: {@code namespace/template}; the request is the parameter {@code request}.
 */
public final class ArgoWorkflowsTarget implements ActionTarget {

    /** Name of the adapter. */
    public static final String ADAPTER = "argo-workflows";

    private static final String GROUP = "argoproj.io";
    private static final String VERSION = "v1alpha1";

    private final KubernetesObjects workflows;
    private final KubernetesObjects templates;

    public ArgoWorkflowsTarget(Supplier<KubernetesClient> client) {
        workflows = new KubernetesObjects(client, KubernetesObjects.kind(GROUP, VERSION, "Workflow", "workflows"));
        templates = new KubernetesObjects(
                client, KubernetesObjects.kind(GROUP, VERSION, "WorkflowTemplate", "workflowtemplates"));
    }

    @Override
    public String adapter() {
        return ADAPTER;
    }

    @Override
    public TargetState read(ActionRequest request) throws TargetException {
        GenericKubernetesResource template = templates.read(request.target());
        Optional<GenericKubernetesResource> workflow = workflows.find(namespace(request) + "/" + name(request));
        return new TargetState(
                template.getMetadata().getResourceVersion(),
                workflow.isEmpty(),
                workflow.map(each -> request.decisionId()),
                Json.text(Map.of("workflow", workflow.isPresent() ? name(request) : "none")));
    }

    @Override
    public void act(ActionRequest request, TargetState seen) throws TargetException {
        GenericKubernetesResource workflow = new GenericKubernetesResource();
        workflow.setApiVersion(GROUP + "/" + VERSION);
        workflow.setKind("Workflow");
        workflow.setMetadata(new ObjectMetaBuilder()
                .withName(name(request))
                .withNamespace(namespace(request))
                .addToAnnotations(KubernetesObjects.DECISION, request.decisionId())
                .build());
        KubernetesObjects.set(
                workflow,
                templates.read(request.target()).getMetadata().getName(),
                "spec",
                "workflowTemplateRef",
                "name");
        KubernetesObjects.set(
                workflow,
                List.of(Map.of("name", "request", "value", request.body())),
                "spec",
                "arguments",
                "parameters");
        try {
            workflows.create(request.target(), workflow);
        } catch (TargetException e) {
            if (e.kind() != Kind.CONFLICT) {
                throw e;
            }
            // it exists already: an earlier request for this decision had its effect
        }
    }

    private static String name(ActionRequest request) {
        String name = "tidemark-" + request.decisionId().toLowerCase(java.util.Locale.ROOT);
        return name.length() > 63 ? name.substring(0, 63) : name;
    }

    private static String namespace(ActionRequest request) {
        int slash = request.target().indexOf('/');
        return slash < 0 ? "default" : request.target().substring(0, slash);
    }
}
