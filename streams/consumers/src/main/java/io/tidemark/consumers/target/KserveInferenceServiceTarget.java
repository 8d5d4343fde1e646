package io.tidemark.consumers.target;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.function.Supplier;

/**
 * KServe's InferenceService in serverless mode: {@code spec.predictor.canaryTrafficPercent} goes to 0, which pins the traffic to the
 * revision that was rolled out before. Target: {@code namespace/name}.
 */
public final class KserveInferenceServiceTarget extends TrafficNumberTarget {

    /** Name of the adapter. */
    public static final String ADAPTER = "kserve-isvc";

    public KserveInferenceServiceTarget(Supplier<KubernetesClient> client) {
        super(
                ADAPTER,
                client,
                KubernetesObjects.kind("serving.kserve.io", "v1beta1", "InferenceService", "inferenceservices"),
                "canary_traffic_percent",
                "spec",
                "predictor",
                "canaryTrafficPercent");
    }
}
