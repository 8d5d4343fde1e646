package io.tidemark.gateway.inference;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.gateway.otlp.BodyLimits;
import io.tidemark.gateway.otlp.BodyTooLargeException;
import io.tidemark.gateway.otlp.MalformedBodyException;
import io.tidemark.gateway.otlp.Refusal;
import io.tidemark.gateway.otlp.TenantMismatchException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads one record in plain JSON, or an array of them. A record that breaks a rule is refused, the others are taken.
 *
 * @param <T> record class
 */
public abstract class PlainBody<T> {

    private static final int NESTING = 16;

    private final String noun;
    private final BodyLimits limits;
    private final ObjectMapper json;

    /** @param noun what people call a record */
    PlainBody(String noun, BodyLimits limits) {
        this.noun = noun;
        this.limits = limits;
        this.json = new ObjectMapper(JsonFactory.builder()
                        .streamReadConstraints(StreamReadConstraints.builder()
                                .maxNestingDepth(NESTING)
                                .maxDocumentLength(limits.bodyBytes())
                                .build())
                        .build())
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);
    }

    /** The record of a JSON object as it may be stored. */
    abstract T read(JsonNode node, String tenant) throws InvalidFieldException, TenantMismatchException;

    /** @param tenant tenant of the key; a record may leave its own out, but must not name another */
    public DecodedRecords<T> decode(byte[] body, String tenant)
            throws MalformedBodyException, BodyTooLargeException, TenantMismatchException {
        if (body.length > limits.bodyBytes()) {
            throw new BodyTooLargeException("the body has more than %d bytes".formatted(limits.bodyBytes()));
        }
        JsonNode root = tree(body);
        List<JsonNode> nodes = new ArrayList<>();
        if (root.isArray()) {
            root.forEach(nodes::add);
        } else {
            nodes.add(root);
        }
        if (nodes.size() > limits.spans()) {
            throw new BodyTooLargeException("the body has more than %d %ss".formatted(limits.spans(), noun));
        }
        List<T> records = new ArrayList<>();
        List<Refusal> refused = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            try {
                records.add(read(nodes.get(i), tenant));
            } catch (InvalidFieldException e) {
                refused.add(new Refusal(Refusal.Reason.INVALID_FIELD, noun + " " + i, e.getMessage()));
            }
        }
        return new DecodedRecords<>(records, nodes.size(), refused);
    }

    static void requireTenant(String named, String ofKey) throws TenantMismatchException {
        if (!named.isEmpty() && !named.equals(ofKey)) {
            throw new TenantMismatchException(ofKey);
        }
    }

    private JsonNode tree(byte[] body) throws MalformedBodyException {
        try {
            JsonNode root = json.readTree(body);
            if (root == null || !root.isObject() && !root.isArray()) {
                throw new MalformedBodyException("the body must be a JSON object or an array of them");
            }
            return root;
        } catch (JacksonException e) {
            throw new MalformedBodyException("the body is no JSON, at byte %d"
                    .formatted(e.getLocation() == null ? 0 : e.getLocation().getByteOffset()));
        } catch (IOException e) {
            throw new MalformedBodyException("the body cannot be read");
        }
    }
}
