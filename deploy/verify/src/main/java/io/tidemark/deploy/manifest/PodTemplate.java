package io.tidemark.deploy.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The pods that an object makes.
 *
 * @param owner the object
 * @param metadata metadata of the pods
 * @param spec specification of the pods
 */
public record PodTemplate(JsonNode owner, JsonNode metadata, JsonNode spec) {

    /** The template of an object that has one. */
    static Stream<PodTemplate> of(JsonNode object) {
        JsonNode template =
                switch (object.path("kind").asText()) {
                    case "Deployment", "StatefulSet", "Job" -> object.at("/spec/template");
                    case "FlinkDeployment" -> object.at("/spec/podTemplate");
                    default -> null;
                };
        return template == null
                ? Stream.empty()
                : Stream.of(new PodTemplate(object, template.path("metadata"), template.path("spec")));
    }

    /** Its containers. */
    public List<JsonNode> containers() {
        return StreamSupport.stream(spec.path("containers").spliterator(), false)
                .toList();
    }

    /** Kind and name of the owner. */
    public String name() {
        return Manifests.name(owner);
    }
}
