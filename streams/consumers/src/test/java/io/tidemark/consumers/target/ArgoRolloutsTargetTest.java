package io.tidemark.consumers.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ArgoRolloutsTargetTest extends ActionTargetContract {

    private static final ResourceDefinitionContext KIND =
            KubernetesObjects.kind("argoproj.io", "v1alpha1", "Rollout", "rollouts");

    private final Cluster cluster = new Cluster();
    private final ActionTarget target = new ArgoRolloutsTarget(cluster::client);

    @BeforeEach
    void deploy() {
        deploy("assistant", "stable-1", "new-2");
        deploy("finished", "new-2", "new-2");
    }

    private void deploy(String name, String stable, String current) {
        cluster.create(
                KIND,
                "chat",
                """
                apiVersion: argoproj.io/v1alpha1
                kind: Rollout
                metadata: {name: %s, namespace: chat, labels: {app: assistant}}
                spec: {replicas: 3}
                status: {stableRS: %s, currentPodHash: %s}
                """
                        .formatted(name, stable, current));
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
        return "chat/assistant";
    }

    @Override
    String missing() {
        return "chat/nobody";
    }

    @Override
    void changeBySomebodyElse() {
        cluster.touch(KIND, "chat", "assistant");
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

        assertThat(cluster.get(KIND, "chat", "assistant").<Object>get("status", "abort"))
                .isEqualTo(true);
        assertThat(cluster.get(KIND, "chat", "assistant").<Object>get("spec", "replicas"))
                .isEqualTo(3);
    }
}
