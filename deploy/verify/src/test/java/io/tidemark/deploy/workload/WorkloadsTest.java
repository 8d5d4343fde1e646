package io.tidemark.deploy.workload;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.contracts.topic.Topic;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.deploy.manifest.Manifests;
import io.tidemark.deploy.manifest.PodTemplate;
import io.tidemark.deploy.manifest.RenderedOverlays;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The rendered overlays say what the code says: main classes, settings, ports, topics. */
class WorkloadsTest {

    static List<String> overlays() {
        return RenderedOverlays.NAMES;
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyWorkloadStartsWithSettingsThatItsProcessTakes(String overlay) throws IOException {
        assertThat(problems(RenderedOverlays.of(overlay))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyManifestIsAWorkload(String overlay) throws IOException {
        Manifests manifests = RenderedOverlays.of(overlay);
        List<String> names = manifests
                .pods()
                .map(PodTemplate::owner)
                .filter(object -> !object.at("/metadata/labels/tidemark.io~1runs")
                        .asText()
                        .equals("third-party"))
                .map(object -> object.at("/metadata/name").asText())
                .sorted()
                .toList();
        assertThat(names)
                .isEqualTo(Workloads.all().stream().map(Workload::name).sorted().toList());
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void topicsAreThoseOfTheCatalogue(String overlay) throws IOException {
        assertThat(topics(RenderedOverlays.of(overlay)))
                .isEqualTo(new TreeSet<>(
                        Stream.concat(TopicCatalogue.all().stream(), TopicCatalogue.deadLetters().stream())
                                .map(Topic::name)
                                .toList()));
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void aJobHasTheParallelismOfItsDeployment(String overlay) throws IOException {
        for (JsonNode job : RenderedOverlays.of(overlay).ofKind("FlinkDeployment")) {
            assertThat(job.at("/spec/job/args").toString())
                    .as(Manifests.name(job))
                    .contains("--flink.parallelism="
                            + job.at("/spec/job/parallelism").asInt() + "\"");
        }
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyPodIsLockedDown(String overlay) throws IOException {
        Manifests manifests = RenderedOverlays.of(overlay);
        for (PodTemplate pod : (Iterable<PodTemplate>) manifests.pods()::iterator) {
            JsonNode spec = pod.spec();
            assertThat(spec.path("enableServiceLinks").asBoolean(true))
                    .as(pod.name())
                    .isFalse();
            assertThat(spec.at("/securityContext/runAsNonRoot").asBoolean())
                    .as(pod.name())
                    .isTrue();
            assertThat(spec.at("/securityContext/seccompProfile/type").asText())
                    .as(pod.name())
                    .isEqualTo("RuntimeDefault");
            for (JsonNode container : pod.containers()) {
                assertThat(container
                                .at("/securityContext/allowPrivilegeEscalation")
                                .asBoolean(true))
                        .as(pod.name())
                        .isFalse();
                assertThat(container.at("/securityContext/capabilities/drop/0").asText())
                        .as(pod.name())
                        .isEqualTo("ALL");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void noSecretIsWrittenDown(String overlay) throws IOException {
        Manifests manifests = RenderedOverlays.of(overlay);
        assertThat(manifests.ofKind("Secret")).isEmpty();
        manifests.pods().flatMap(pod -> pod.containers().stream()).forEach(container -> {
            for (JsonNode variable : container.path("env")) {
                if (variable.path("name").asText().matches(".*(PASSWORD|SECRET|JAAS_CONFIG|TOKEN)")) {
                    assertThat(variable.has("value")).as(variable.toString()).isFalse();
                }
            }
        });
    }

    /** One fault at a time; each is of a kind that a model cannot see. */
    @ParameterizedTest
    @CsvSource({
        "Deployment, sink, /spec/template/spec/containers/0/args, 0, io.tidemark.sink.SinkProces",
        "Deployment, sink, /spec/template/spec/containers/0/args, 1, --clickhouse.setings.insert_quorum=auto",
        "Deployment, sink, /spec/template/spec/containers/0/args, 1, --clickhouse.settings.insert.quorum=auto",
        "Deployment, assembler, /spec/template/spec/containers/0/env/1, name, TIDEMARK_ASSEMBLY_STATE_DIRECTORI",
        "Deployment, assembler, /spec/template/spec/containers/0/env/1, name, TIDEMARK_ASSEMBLER_STATE_DIRECTORY",
        "Deployment, rollback, /spec/template/spec/containers/0/env/1, value, yes",
        "FlinkDeployment, rules, /spec/job, entryClass, io.tidemark.jobs.rules.RuleJob",
        "FlinkDeployment, windows, /spec/job/args, 1, --flink.paralelism=4",
        "FlinkDeployment, windows, /spec/job/args, 1, --flink.parallelism=400",
        "ConfigMap, settings, /data, TIDEMARK_METRICS_PORT, 94040",
        "ConfigMap, settings, /data, TIDEMARK_REGISTRI_URL, http://registry:8081",
    })
    void aFaultIsFound(String kind, String name, String at, String field, String value) throws IOException {
        Manifests good = RenderedOverlays.of("prod");
        List<JsonNode> objects = new ArrayList<>();
        for (JsonNode object : good.objects()) {
            JsonNode copy = object.deepCopy();
            if (Manifests.name(object).equals(kind + "/" + name)) {
                set(copy.at(at), field, value);
            }
            objects.add(copy);
        }
        assertThat(problems(new Manifests(objects))).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void aMissingTopicIsFound(String overlay) throws IOException {
        Manifests good = RenderedOverlays.of(overlay);
        Manifests without = new Manifests(good.objects().stream()
                .filter(object -> !Manifests.name(object).equals("KafkaTopic/tidemark.verdicts.v1"))
                .toList());
        assertThat(topics(without)).isNotEqualTo(topics(good));
    }

    private static void set(JsonNode at, String field, String value) {
        if (at instanceof ObjectNode object) {
            object.put(field, value);
        } else {
            ((com.fasterxml.jackson.databind.node.ArrayNode) at)
                    .set(Integer.parseInt(field), com.fasterxml.jackson.databind.node.TextNode.valueOf(value));
        }
    }

    private static List<String> problems(Manifests manifests) {
        SettingsCheck check = new SettingsCheck(manifests);
        return Workloads.all().stream()
                .flatMap(workload -> check.problems(workload).stream())
                .toList();
    }

    private static TreeSet<String> topics(Manifests manifests) {
        return new TreeSet<>(manifests.ofKind("KafkaTopic").stream()
                .map(topic -> topic.at("/metadata/name").asText())
                .toList());
    }
}
