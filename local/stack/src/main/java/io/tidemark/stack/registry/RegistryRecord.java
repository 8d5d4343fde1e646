package io.tidemark.stack.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/**
 * A record of the topic {@code _schemas}, with the keys and fields that Confluent's registry writes there.
 *
 * @param key what the record is about; compaction keeps the newest record of a key
 * @param value what is true of it now
 */
record RegistryRecord(JsonNode key, JsonNode value) {

    static final String SCHEMA = "SCHEMA";
    static final String CONFIG = "CONFIG";
    static final String MODE = "MODE";

    private static final ObjectMapper JSON = new ObjectMapper();

    static RegistryRecord schema(StoredSchema schema) {
        ObjectNode key = key(SCHEMA, schema.subject(), 1).put("version", schema.version());
        ObjectNode value = JSON.createObjectNode()
                .put("subject", schema.subject())
                .put("version", schema.version())
                .put("id", schema.id())
                .put("schema", schema.text())
                .put("deleted", false);
        return new RegistryRecord(key, value);
    }

    /** The compatibility level of a subject, or of all subjects when it is empty. */
    static RegistryRecord compatibility(String subject, CompatibilityLevel level) {
        return new RegistryRecord(
                key(CONFIG, subject, 0), JSON.createObjectNode().put("compatibilityLevel", level.name()));
    }

    /** The mode of a subject, or of all subjects when it is empty. */
    static RegistryRecord mode(String subject, Mode mode) {
        return new RegistryRecord(key(MODE, subject, 0), JSON.createObjectNode().put("mode", mode.name()));
    }

    private static ObjectNode key(String type, String subject, int magic) {
        ObjectNode key = JSON.createObjectNode().put("keytype", type).put("magic", magic);
        return subject.isEmpty() ? key.putNull("subject") : key.put("subject", subject);
    }

    String type() {
        return key.path("keytype").asText();
    }

    /** The subject, empty for all. */
    String subject() {
        return key.path("subject").asText("");
    }

    byte[] keyBytes() {
        return bytes(key);
    }

    byte[] valueBytes() {
        return bytes(value);
    }

    static RegistryRecord parse(byte[] key, byte[] value) throws IOException {
        return new RegistryRecord(JSON.readTree(key), JSON.readTree(value));
    }

    private static byte[] bytes(JsonNode node) {
        try {
            return JSON.writeValueAsBytes(node);
        } catch (IOException e) {
            throw new IllegalStateException("A JSON tree can always be written", e);
        }
    }
}
