package io.tidemark.consumers.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KserveLlmInferenceServiceTargetTest extends ActionTargetContract {

    private static final ResourceDefinitionContext KIND =
            KubernetesObjects.kind("serving.kserve.io", "v1alpha1", "LLMInferenceService", "llminferenceservices");

    private final Cluster cluster = new Cluster();
    private final ActionTarget target = new KserveLlmInferenceServiceTarget(cluster::client);

    @BeforeEach
    void deploy() {
        deploy("stable", "assistant", 95);
        deploy("candidate", "assistant", 5);
        deploy("alone", "lonely", 5);
    }

    private void deploy(String name, String group, int weight) {
        cluster.create(
                KIND,
                "chat",
                """
                apiVersion: serving.kserve.io/v1alpha1
                kind: LLMInferenceService
                metadata: {name: %s, namespace: chat, labels: {app: assistant}}
                spec: {router: {route: {group: %s, weight: %d}}}
                """
                        .formatted(name, group, weight));
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Override
    ActionTarget target() {
        return target;
    }

    @Override
    String existing() {
        return "chat/candidate";
    }

    @Override
    String missing() {
        return "chat/nobody";
    }

    @Override
    void changeBySomebodyElse() {
        cluster.touch(KIND, "chat", "candidate");
    }

    @Test
    void onlyTheCandidateLosesItsWeight() throws Exception {
        ActionRequest request = request("d1", existing());
        target.act(request, target.read(request));

        assertThat(cluster.get(KIND, "chat", "candidate").<Object>get("spec", "router", "route", "weight"))
                .isEqualTo(0);
        assertThat(cluster.get(KIND, "chat", "stable").<Object>get("spec", "router", "route", "weight"))
                .isEqualTo(95);
    }

    @Test
    void aServiceWithoutAnotherInItsGroupKeepsServing() throws Exception {
        ActionRequest request = request("d1", "chat/alone");
        TargetState before = target.read(request);

        assertThatThrownBy(() -> target.act(request, before)).hasMessageContaining("nobody else in the route group");
        assertThat(target.read(request).isServingCandidate()).isTrue();
    }
}
