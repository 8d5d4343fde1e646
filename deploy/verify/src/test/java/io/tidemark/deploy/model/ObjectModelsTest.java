package io.tidemark.deploy.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.deploy.manifest.Manifests;
import io.tidemark.deploy.manifest.RenderedOverlays;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ObjectModelsTest {

    static List<String> overlays() {
        return RenderedOverlays.NAMES;
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyObjectFollowsItsModel(String overlay) throws IOException {
        List<String> problems = new ArrayList<>();
        for (JsonNode object : RenderedOverlays.of(overlay).objects()) {
            ObjectModels.problems(object).forEach(problem -> problems.add(Manifests.name(object) + ": " + problem));
        }
        assertThat(problems).isEmpty();
    }

    /** One fault at a time in a good object; the value is YAML's, so that a text and a number differ. */
    @ParameterizedTest
    @CsvSource({
        "KafkaTopic,   tidemark.traces.v1, /spec,                    partitons,       12",
        "KafkaTopic,   tidemark.traces.v1, /spec,                    partitions,      many",
        "KafkaUser,    sink,               /spec/authentication,     type,            scram-sha-1",
        "KafkaUser,    sink,               /spec/authorization/acls/0, operations,    [Reed]",
        "KafkaNodePool, brokers,           /spec,                    roles,           [brocker]",
        "Kafka,        tidemark,           /spec/kafka,              listenners,      []",
        "FlinkDeployment, windows,         /spec,                    flinkVersion,    v2_33",
        "FlinkDeployment, windows,         /spec/job,                upgradeMode,     save-point",
        "FlinkDeployment, windows,         /spec/job,                paralelism,      2",
        "FlinkDeployment, windows,         /spec/job,                parallelism,     two",
        "FlinkDeployment, windows,         /spec/podTemplate/spec/containers/0, immage, x",
        "Deployment,   sink,               /spec/template/spec,      hostNetwork,     perhaps",
        "Deployment,   sink,               /spec/template/spec/containers/0/livenessProbe, periodSecond, 3",
        "PodDisruptionBudget, sink,        /spec,                    maxUnavailible,  1",
        "HorizontalPodAutoscaler, sink,    /spec,                    minReplicas,     one",
        "NetworkPolicy, default-deny,      /spec,                    podSelektor,     {}",
        "ServiceMonitor, tidemark,         /spec/endpoints/0,        intervall,       15s",
    })
    void aFaultIsFound(String kind, String name, String at, String field, String value) throws IOException {
        JsonNode object = RenderedOverlays.of("prod").find(kind, name).deepCopy();
        assertThat(ObjectModels.problems(object)).isEmpty();
        ((ObjectNode) object.at(at))
                .set(field, Manifests.parse("x: " + value).objects().get(0).get("x"));
        assertThat(ObjectModels.problems(object)).isNotEmpty();
    }

    @Test
    void aKindThatNobodyKnowsIsAFault() {
        JsonNode object =
                Manifests.parse("{apiVersion: v1, kind: Podd}").objects().get(0);
        assertThat(ObjectModels.problems(object)).containsExactly("no model knows the kind v1/Podd");
    }
}
