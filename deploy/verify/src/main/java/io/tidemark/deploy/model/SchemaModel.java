package io.tidemark.deploy.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The schema inside a custom resource definition, closed: where it lists fields, no others are allowed. */
final class SchemaModel implements ObjectModel {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonSchema schema;

    private SchemaModel(JsonSchema schema) {
        this.schema = schema;
    }

    /**
     * Reads a definition from the class path.
     *
     * @param changes what is changed in the schema, openly, because the definition is older than what we run
     */
    static SchemaModel ofDefinition(String resource, java.util.function.Consumer<ObjectNode> changes) {
        ObjectNode root = (ObjectNode) definition(resource).at("/spec/versions/0/schema/openAPIV3Schema");
        changes.accept(root);
        addMetadata(root);
        close(root);
        return new SchemaModel(
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(root));
    }

    @Override
    public List<String> problems(JsonNode object) {
        return schema.validate(object).stream().map(Object::toString).sorted().toList();
    }

    private static JsonNode definition(String resource) {
        try (InputStream in = SchemaModel.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("there is no %s on the class path".formatted(resource));
            }
            LoadSettings settings =
                    LoadSettings.builder().setCodePointLimit(Integer.MAX_VALUE).build();
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return JSON.valueToTree(new Load(settings).loadFromString(text));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }

    /** A definition leaves these to the API server. */
    private static void addMetadata(ObjectNode root) {
        ObjectNode properties = (ObjectNode) root.path("properties");
        List.of("apiVersion", "kind").forEach(name -> properties.putObject(name).put("type", "string"));
        ObjectNode metadata =
                properties.putObject("metadata").put("type", "object").putObject("properties");
        List.of("name", "namespace").forEach(name -> metadata.putObject(name).put("type", "string"));
        List.of("labels", "annotations")
                .forEach(name -> metadata.putObject(name).put("type", "object"));
    }

    private static void close(JsonNode schema) {
        if (schema instanceof ArrayNode || schema instanceof ObjectNode) {
            schema.forEach(SchemaModel::close);
        }
        if (schema instanceof ObjectNode object
                && object.path("properties").isObject()
                && !object.has("additionalProperties")
                && !object.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
            object.put("additionalProperties", false);
        }
        if (schema instanceof ObjectNode object
                && object.path("x-kubernetes-int-or-string").asBoolean()) {
            object.remove("type");
        }
    }
}
