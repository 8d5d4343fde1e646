package io.tidemark.deploy.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;

/** What a container is told through its environment, ConfigMaps looked up; secrets are not known here and read {@value #SECRET}. */
public final class ContainerSettings {

    /** Stands for a value that only the cluster knows. */
    public static final String SECRET = "secret";

    private ContainerSettings() {}

    /**
     * The variables of a container. Later ones win, as in a pod.
     *
     * @throws IllegalArgumentException when a ConfigMap is not among the manifests
     */
    public static Map<String, String> environment(Manifests manifests, JsonNode container) {
        Map<String, String> variables = new TreeMap<>();
        for (JsonNode source : container.path("envFrom")) {
            if (source.has("configMapRef")) {
                manifests
                        .find("ConfigMap", source.at("/configMapRef/name").asText())
                        .path("data")
                        .fields()
                        .forEachRemaining(entry ->
                                variables.put(entry.getKey(), entry.getValue().asText()));
            }
        }
        for (JsonNode variable : container.path("env")) {
            variables.put(
                    variable.path("name").asText(),
                    variable.has("value") ? variable.path("value").asText() : SECRET);
        }
        return variables;
    }
}
