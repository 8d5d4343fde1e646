package io.tidemark.consumers.target;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;

/** JSON of requests and states. */
public final class Json {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    /** Text of a value. */
    public static String text(Map<String, ?> value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of texts and numbers can be written", e);
        }
    }

    /** The object in a text; an empty one when the text holds none. */
    public static JsonNode object(String text) {
        try {
            JsonNode node = MAPPER.readTree(text);
            return node == null || !node.isObject() ? MAPPER.createObjectNode() : node;
        } catch (JsonProcessingException e) {
            return MAPPER.createObjectNode();
        }
    }
}
