package io.tidemark.stack.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;

/**
 * A request, taken apart.
 *
 * @param path decoded parts of the path, without slashes
 * @param parameters parameters as they were sent: {@code name=value}
 */
record RegistryRequest(String method, List<String> path, List<String> parameters, byte[] content) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Method and path with a star in the place of what varies, to tell requests apart: {@code GET subjects * versions}. */
    String shape() {
        StringBuilder shape = new StringBuilder(method);
        for (int index = 0; index < path.size(); index++) {
            shape.append(' ').append(isName(index) ? "*" : path.get(index));
        }
        return shape.toString();
    }

    private boolean isName(int index) {
        return switch (path.get(0)) {
            case "subjects", "config", "mode" -> index == 1 || index == 3;
            case "schemas" -> index == 2;
            case "compatibility" -> index == 2 || index == 4;
            default -> false;
        };
    }

    boolean has(String parameter) {
        return parameters.contains(parameter);
    }

    /** Text of a required field of the body. */
    String field(String name) {
        JsonNode value = body().path(name);
        if (!value.isTextual()) {
            throw RegistryError.invalidBody("field \"%s\" is missing".formatted(name));
        }
        return value.asText();
    }

    /** The schema in the body; only Avro schemas that stand alone are taken. */
    String schema() {
        JsonNode body = body();
        if (!body.path("schemaType").asText("AVRO").equals("AVRO")) {
            throw RegistryError.invalidSchema("this registry takes schemas of type AVRO only");
        }
        if (!body.path("references").isEmpty()) {
            throw RegistryError.invalidSchema("this registry takes no references between schemas");
        }
        return field("schema");
    }

    private JsonNode body() {
        try {
            return JSON.readTree(content);
        } catch (IOException e) {
            throw RegistryError.invalidBody(e.getMessage());
        }
    }
}
