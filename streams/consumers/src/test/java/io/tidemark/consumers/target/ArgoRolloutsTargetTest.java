package io.tidemark.consumers.target;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ArgoRolloutsTargetTest extends KubernetesTargetContract {

    ArgoRolloutsTargetTest() {
        super(
                KubernetesObjects.kind("argoproj.io", "v1alpha1", "Rollout", "rollouts"),
                "assistant",
                ArgoRolloutsTarget::new);
    }

    @BeforeEach
    void deploy() {
        deploy("assistant", "stable-1", "new-2");
        deploy("finished", "new-2", "new-2");
    }

    private void deploy(String name, String stable, String current) {
        create(
                """
                apiVersion: argoproj.io/v1alpha1
                kind: Rollout
                metadata: {name: %s, namespace: chat, labels: {app: assistant}}
                spec: {replicas: 3}
                status: {stableRS: %s, currentPodHash: %s}
                """
                        .formatted(name, stable, current));
    }

    @Test
    void aRolloutThatHasEndedCannotBeAborted() throws Exception {
        assertThat(target.read(request("d1", "chat/finished")).isServingCandidate())
                .isFalse();
    }

    @Test
    void theAbortStandsInTheStatus() throws Exception {
        ActionRequest request = request("d1", existing());
        target.act(request, target.read(request));

        assertThat(value("assistant", "status", "abort")).isEqualTo(true);
        assertThat(value("assistant", "spec", "replicas")).isEqualTo(3);
    }
}
