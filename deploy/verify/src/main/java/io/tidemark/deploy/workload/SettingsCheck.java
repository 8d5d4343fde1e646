package io.tidemark.deploy.workload;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.deploy.manifest.ContainerSettings;
import io.tidemark.deploy.manifest.Manifests;
import io.tidemark.deploy.manifest.PodTemplate;
import io.tidemark.platform.config.Configuration;
import io.tidemark.platform.config.ConfigurationException;
import io.tidemark.platform.config.ConfigurationKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** Holds what a workload is told on Kubernetes against the settings that its process has: the process's own loader reads it. */
public final class SettingsCheck {

    private static final String OURS = "TIDEMARK_";

    private final Manifests manifests;

    /** A check of rendered manifests. */
    public SettingsCheck(Manifests manifests) {
        this.manifests = manifests;
    }

    /** What is wrong with the main class and the settings of a workload; empty when nothing is. */
    public List<String> problems(Workload workload) {
        String kind = workload.kind().object();
        PodTemplate pod = manifests
                .pods()
                .filter(each -> each.name().equals(kind + "/" + workload.name()))
                .findFirst()
                .orElse(null);
        if (pod == null) {
            return List.of("there is no %s/%s".formatted(kind, workload.name()));
        }
        List<String> problems = new ArrayList<>();
        JsonNode container = pod.containers().get(0);
        List<String> arguments = arguments(workload, pod.owner(), container, problems);
        Map<String, String> environment = ContainerSettings.environment(manifests, container);
        environment.keySet().stream()
                .filter(name -> name.startsWith(OURS) && !isKnown(workload, name))
                .forEach(name -> problems.add("%s is no setting of %s".formatted(name, workload.name())));
        load(workload, environment, arguments, problems);
        return problems;
    }

    private static List<String> arguments(
            Workload workload, JsonNode owner, JsonNode container, List<String> problems) {
        List<String> given = texts(container.path("args"));
        String main = given.isEmpty() ? "" : given.get(0);
        List<String> flags = given.isEmpty() ? given : given.subList(1, given.size());
        if (workload.kind() == Workload.Kind.FLINK_JOB) {
            main = owner.at("/spec/job/entryClass").asText();
            flags = texts(owner.at("/spec/job/args"));
        }
        if (!main.equals(workload.mainClass().getName())) {
            problems.add("main class '%s' is not %s"
                    .formatted(main, workload.mainClass().getName()));
        }
        return flags;
    }

    private static void load(
            Workload workload, Map<String, String> environment, List<String> arguments, List<String> problems) {
        try {
            Configuration configuration = Configuration.load(workload.keys(), environment, arguments);
            for (ConfigurationKey<?> key : workload.keys()) {
                Object value = configuration.get(key);
                if (key.name().equals("clickhouse.settings")) {
                    ((Map<?, ?>) value)
                            .keySet().stream()
                                    .filter(name -> name.toString().contains("."))
                                    .forEach(name -> problems.add("ClickHouse has no setting '%s'".formatted(name)));
                }
            }
        } catch (ConfigurationException e) {
            problems.add(e.getMessage());
        }
    }

    /** A prefix of settings takes any name behind it. */
    private static boolean isKnown(Workload workload, String variable) {
        return workload.keys().stream()
                .anyMatch(key -> variable.equals(key.environmentVariable())
                        || (key.defaultValue() instanceof Map && variable.startsWith(key.environmentVariable() + "_")));
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
