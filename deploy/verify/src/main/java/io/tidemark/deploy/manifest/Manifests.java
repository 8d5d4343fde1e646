package io.tidemark.deploy.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * Objects of Kubernetes, as they are handed to a cluster.
 *
 * @param objects in the order of the text
 */
public record Manifests(List<JsonNode> objects) {

    private static final ObjectMapper JSON = new ObjectMapper();

    public Manifests {
        objects = List.copyOf(objects);
    }

    /** Reads YAML documents; a key that stands twice is refused. */
    public static Manifests parse(String yaml) {
        LoadSettings settings = LoadSettings.builder()
                .setAllowDuplicateKeys(false)
                .setCodePointLimit(Integer.MAX_VALUE)
                .build();
        List<JsonNode> objects = new ArrayList<>();
        for (Object document : new Load(settings).loadAllFromString(yaml)) {
            if (document != null) {
                objects.add(JSON.valueToTree(document));
            }
        }
        return new Manifests(objects);
    }

    /** Kind and name, for messages: {@code Deployment/sink}. */
    public static String name(JsonNode object) {
        return object.path("kind").asText() + "/" + object.at("/metadata/name").asText();
    }

    /** The objects of a kind. */
    public List<JsonNode> ofKind(String kind) {
        return objects.stream()
                .filter(object -> object.path("kind").asText().equals(kind))
                .toList();
    }

    /**
     * One object.
     *
     * @throws IllegalArgumentException when it is missing
     */
    public JsonNode find(String kind, String name) {
        return ofKind(kind).stream()
                .filter(object -> object.at("/metadata/name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no %s/%s".formatted(kind, name)));
    }

    /** The pod templates of services, jobs and Flink jobs. */
    public Stream<PodTemplate> pods() {
        return objects.stream().flatMap(PodTemplate::of);
    }
}
