package io.tidemark.deploy.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;

/**
 * A Java class that an operator's own client has for a kind. Those classes keep fields that they do not know for later; here they
 * may not, so that a field nobody knows is an error. Some read a word that they do not know as nothing: what is gone when the object
 * is written again is an error too.
 *
 * @param type the class
 */
record TypedModel(Class<?> type) implements ObjectModel {

    private static final ObjectMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .annotationIntrospector(new JacksonAnnotationIntrospector() {
                private static final long serialVersionUID = 1L;

                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                    return false;
                }

                @Override
                public JsonInclude.Value findPropertyInclusion(Annotated annotated) {
                    // defaults too: else a default that was written down would look lost
                    return JsonInclude.Value.construct(JsonInclude.Include.ALWAYS, JsonInclude.Include.ALWAYS);
                }
            })
            .build();

    @Override
    public List<String> problems(JsonNode object) {
        try {
            List<String> lost = new ArrayList<>();
            compare("", object, STRICT.valueToTree(STRICT.treeToValue(object, type)), lost);
            return lost;
        } catch (JsonMappingException e) {
            return List.of(e.getPathReference() + ": " + e.getOriginalMessage());
        } catch (JsonProcessingException e) {
            return List.of(e.getOriginalMessage());
        }
    }

    private static void compare(String at, JsonNode given, JsonNode understood, List<String> lost) {
        if (given.isObject()) {
            given.fields()
                    .forEachRemaining(field -> compare(
                            at + "/" + field.getKey(), field.getValue(), understood.path(field.getKey()), lost));
        } else if (given.isArray()) {
            for (int index = 0; index < given.size(); index++) {
                compare(at + "/" + index, given.get(index), understood.path(index), lost);
            }
        } else if (!given.isNull() && (understood.isNull() || understood.isMissingNode())) {
            lost.add("%s: '%s' is no value of this field".formatted(at, given.asText()));
        }
    }
}
