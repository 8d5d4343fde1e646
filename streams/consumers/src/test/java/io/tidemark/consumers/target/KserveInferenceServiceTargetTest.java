package io.tidemark.consumers.target;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KserveInferenceServiceTargetTest extends KubernetesTargetContract {

    KserveInferenceServiceTargetTest() {
        super(
                KubernetesObjects.kind("serving.kserve.io", "v1beta1", "InferenceService", "inferenceservices"),
                "assistant",
                KserveInferenceServiceTarget::new);
    }

    @BeforeEach
    void deploy() {
        create(
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

    @Test
    void theCanaryGetsNoTrafficAndTheRestStaysAsItWas() throws Exception {
        ActionRequest request = request("d1", existing());
        target.act(request, target.read(request));

        assertThat(value("assistant", "spec", "predictor", "canaryTrafficPercent"))
                .isEqualTo(0);
        assertThat(value("assistant", "spec", "predictor", "model", "storageUri"))
                .isEqualTo("s3://models/8");
    }

    @Test
    void anotherVersionsCanaryIsNotThisCandidate() throws Exception {
        ActionRequest other = new ActionRequest("d1", "rollback", existing(), java.util.Optional.of("version-9"), "{}");

        assertThat(target.read(other).isServingCandidate()).isFalse();
    }
}
