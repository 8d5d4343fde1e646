package io.tidemark.consumers.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KserveInferenceServiceTargetTest extends ActionTargetContract {

    private static final ResourceDefinitionContext KIND =
            KubernetesObjects.kind("serving.kserve.io", "v1beta1", "InferenceService", "inferenceservices");

    private final Cluster cluster = new Cluster();
    private final ActionTarget target = new KserveInferenceServiceTarget(cluster::client);

    @BeforeEach
    void deploy() {
        cluster.create(
                KIND,
                "chat",
                """
                apiVersion: serving.kserve.io/v1beta1
                kind: InferenceService
                metadata:
                  name: assistant
                  namespace: chat
                  labels: {app: assistant}
                  annotations: {tidemark.io/candidate-version: version-8}
                spec:
                  predictor:
                    canaryTrafficPercent: 5
                    model: {storageUri: s3://models/8}
                """);
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
    void theCanaryGetsNoTrafficAndTheRestStaysAsItWas() throws Exception {
        ActionRequest request = request("d1", existing());
        target.act(request, target.read(request));

        var service = cluster.get(KIND, "chat", "assistant");
        assertThat(service.<Object>get("spec", "predictor", "canaryTrafficPercent"))
                .isEqualTo(0);
        assertThat(service.<Object>get("spec", "predictor", "model", "storageUri"))
                .isEqualTo("s3://models/8");
    }

    @Test
    void anotherVersionsCanaryIsNotThisCandidate() throws Exception {
        ActionRequest other = new ActionRequest("d1", "rollback", existing(), java.util.Optional.of("version-9"), "{}");

        assertThat(target.read(other).isServingCandidate()).isFalse();
    }
}
