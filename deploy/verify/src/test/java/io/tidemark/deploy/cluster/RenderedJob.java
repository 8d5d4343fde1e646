package io.tidemark.deploy.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.deploy.manifest.ContainerSettings;
import io.tidemark.deploy.manifest.Manifests;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A FlinkDeployment as its operator would start it.
 *
 * @param entryClass the job
 * @param arguments of the job
 * @param flink Flink's configuration, with the sizes of the processes
 * @param environment variables of the job manager and the task managers
 */
record RenderedJob(
        String entryClass, List<String> arguments, Map<String, String> flink, Map<String, String> environment) {

    static RenderedJob of(Manifests manifests, String name) {
        JsonNode spec = manifests.find("FlinkDeployment", name).path("spec");
        Map<String, String> flink = new TreeMap<>();
        spec.path("flinkConfiguration")
                .fields()
                .forEachRemaining(
                        entry -> flink.put(entry.getKey(), entry.getValue().asText()));
        // so does the operator
        flink.put(
                "jobmanager.memory.process.size",
                spec.at("/jobManager/resource/memory").asText());
        flink.put(
                "taskmanager.memory.process.size",
                spec.at("/taskManager/resource/memory").asText());
        flink.put("taskmanager.cpu.cores", spec.at("/taskManager/resource/cpu").asText());
        flink.put("parallelism.default", spec.at("/job/parallelism").asText());
        List<String> arguments = new ArrayList<>();
        spec.at("/job/args").forEach(argument -> arguments.add(argument.asText()));
        return new RenderedJob(
                spec.at("/job/entryClass").asText(),
                arguments,
                flink,
                ContainerSettings.environment(manifests, spec.at("/podTemplate/spec/containers/0")));
    }
}
