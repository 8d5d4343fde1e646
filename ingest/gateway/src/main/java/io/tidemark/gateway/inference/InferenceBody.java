package io.tidemark.gateway.inference;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.contracts.InferenceIds;
import io.tidemark.contracts.avro.Trace;
import io.tidemark.gateway.otlp.BodyLimits;
import io.tidemark.gateway.otlp.BodyTooLargeException;
import io.tidemark.gateway.otlp.MalformedBodyException;
import io.tidemark.gateway.otlp.Refusal;
import io.tidemark.gateway.otlp.TenantMismatchException;
import io.tidemark.gateway.otlp.TextPolicy;
import io.tidemark.gateway.otlp.TimeWindow;
import io.tidemark.ingest.validation.TraceLimits;
import io.tidemark.ingest.validation.TraceValidator;
import io.tidemark.ingest.validation.Violation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads one inference, or an array of them. */
public final class InferenceBody {

    private static final int NESTING = 16;

    private final BodyLimits limits;
    private final TextPolicy policy;
    private final TimeWindow window;
    private final TraceValidator validator = new TraceValidator(TraceLimits.DEFAULT);
    private final ObjectMapper json;

    public InferenceBody(BodyLimits limits, TextPolicy policy, TimeWindow window) {
        this.limits = limits;
        this.policy = policy;
        this.window = window;
        this.json = new ObjectMapper(JsonFactory.builder()
                        .streamReadConstraints(StreamReadConstraints.builder()
                                .maxNestingDepth(NESTING)
                                .maxDocumentLength(limits.bodyBytes())
                                .build())
                        .build())
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);
    }

    /** @param tenant tenant of the key; an inference may leave its own out, but must not name another */
    public DecodedInferences decode(byte[] body, String tenant)
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
            throw new BodyTooLargeException("the body has more than %d inferences".formatted(limits.spans()));
        }
        List<Trace> traces = new ArrayList<>();
        List<Refusal> refused = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            try {
                traces.add(trace(nodes.get(i), tenant));
            } catch (InvalidInferenceException e) {
                refused.add(new Refusal(Refusal.Reason.INVALID_FIELD, "inference " + i, e.getMessage()));
            }
        }
        return new DecodedInferences(traces, nodes.size(), refused);
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

    private Trace trace(JsonNode node, String tenant) throws InvalidInferenceException, TenantMismatchException {
        Trace trace = InferenceJson.read(node);
        if (!trace.getTenant().isEmpty() && !trace.getTenant().equals(tenant)) {
            throw new TenantMismatchException(tenant);
        }
        trace.setTenant(tenant);
        String spanId = trace.getSpanId() == null ? "" : trace.getSpanId();
        trace.setInferenceId(InferenceIds.inferenceId(tenant, trace.getTraceId(), spanId));
        List<Violation> violations = validator.violations(trace);
        if (!violations.isEmpty()) {
            Violation first = violations.get(0);
            throw new InvalidInferenceException(first.field(), first.rule());
        }
        if (window.isTooOld(trace.getEventTime()) || window.isTooFarAhead(trace.getEventTime())) {
            throw new InvalidInferenceException("event_time", "lies longer ago, or further ahead, than is accepted");
        }
        return policy.apply(trace);
    }
}
