package io.tidemark.consumers.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KserveLlmInferenceServiceTargetTest extends KubernetesTargetContract {

    KserveLlmInferenceServiceTargetTest() {
        super(
                KubernetesObjects.kind("serving.kserve.io", "v1alpha1", "LLMInferenceService", "llminferenceservices"),
                "candidate",
                KserveLlmInferenceServiceTarget::new);
    }

    @BeforeEach
    void deploy() {
        deploy("stable", "assistant", 95);
        deploy("candidate", "assistant", 5);
        deploy("alone", "lonely", 5);
    }

    private void deploy(String name, String group, int weight) {
        create(
                """
                apiVersion: serving.kserve.io/v1alpha1
                kind: LLMInferenceService
                metadata: {name: %s, namespace: chat, labels: {app: assistant}}
                spec: {router: {route: {group: %s, weight: %d}}}
                """
                        .formatted(name, group, weight));
    }

    @Test
    void onlyTheCandidateLosesItsWeight() throws Exception {
        ActionRequest request = request("d1", existing());
        target.act(request, target.read(request));

        assertThat(value("candidate", "spec", "router", "route", "weight")).isEqualTo(0);
        assertThat(value("stable", "spec", "router", "route", "weight")).isEqualTo(95);
    }

    @Test
    void aServiceWithoutAnotherInItsGroupKeepsServing() throws Exception {
        ActionRequest request = request("d1", "chat/alone");
        TargetState before = target.read(request);

        assertThatThrownBy(() -> target.act(request, before)).hasMessageContaining("nobody else in the route group");
        assertThat(target.read(request).isServingCandidate()).isTrue();
    }
}
