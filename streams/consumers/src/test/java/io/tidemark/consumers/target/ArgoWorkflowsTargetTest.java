package io.tidemark.consumers.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ArgoWorkflowsTargetTest {

    private static final ResourceDefinitionContext WORKFLOWS =
            KubernetesObjects.kind("argoproj.io", "v1alpha1", "Workflow", "workflows");
    private static final ResourceDefinitionContext TEMPLATES =
            KubernetesObjects.kind("argoproj.io", "v1alpha1", "WorkflowTemplate", "workflowtemplates");

    private final Cluster cluster = new Cluster();
    private final ActionTarget target = new ArgoWorkflowsTarget(cluster::client);
    private final ActionRequest request = ActionTargetContract.request("d1", "ml/retrain");

    @BeforeEach
    void deploy() {
        cluster.create(
                TEMPLATES,
                "ml",
                """
                apiVersion: argoproj.io/v1alpha1
                kind: WorkflowTemplate
                metadata: {name: retrain, namespace: ml}
                """);
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void oneWorkflowForOneDecisionHoweverOftenItIsAskedFor() throws Exception {
        TargetState before = target.read(request);
        assertThat(before.isDone(request)).isFalse();
        target.act(request, before);
        target.act(request, before);

        assertThat(target.read(request).isDone(request)).isTrue();
        assertThat(cluster.client()
                        .genericKubernetesResources(WORKFLOWS)
                        .inNamespace("ml")
                        .list()
                        .getItems())
                .singleElement()
                .satisfies(workflow -> {
                    assertThat(workflow.<String>get("spec", "workflowTemplateRef", "name"))
                            .isEqualTo("retrain");
                    assertThat(workflow.get("spec", "arguments", "parameters").toString())
                            .contains("decision_id");
                });
    }

    @Test
    void aTemplateThatDoesNotExistIsRefused() {
        assertThatThrownBy(() -> target.read(ActionTargetContract.request("d1", "ml/nothing")))
                .isInstanceOf(TargetException.class)
                .hasMessageContaining("there is no WorkflowTemplate 'ml/nothing'");
    }
}
