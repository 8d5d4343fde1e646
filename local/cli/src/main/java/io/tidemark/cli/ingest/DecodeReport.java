package io.tidemark.cli.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.assembly.trace.AssembledTrace;
import io.tidemark.assembly.trace.ResolvedFact;
import io.tidemark.contracts.avro.InferenceStatus;
import io.tidemark.contracts.avro.Span;
import io.tidemark.contracts.avro.Trace;
import io.tidemark.gateway.mapping.Fact;
import io.tidemark.gateway.otlp.DecodedBody;
import io.tidemark.gateway.otlp.Signal;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a recorded body became, as JSON for people and for tests. */
final class DecodeReport {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final RecordedRequest request;
    private final RawSpans raw;

    private DecodeReport(RecordedRequest request) {
        this.request = request;
        this.raw =
                request.body().signal() == Signal.TRACES ? new RawSpans(request.protobuf()) : new RawSpans(new byte[0]);
    }

    static ObjectNode of(RecordedRequest request) {
        return new DecodeReport(request).build();
    }

    private ObjectNode build() {
        DecodedBody decoded = request.decoded();
        ObjectNode report = JSON.createObjectNode();
        report.put("signal", request.body().signal().name().toLowerCase(Locale.ROOT));
        report.put("encoding", request.body().encoding().name().toLowerCase(Locale.ROOT));
        report.put(
                "spans",
                request.traces().stream().mapToInt(AssembledTrace::spans).sum());
        report.put("traces", decoded.batches().size());
        ArrayNode calls = report.putArray("calls");
        request.traces().forEach(trace -> trace.inferences().forEach(each -> calls.add(call(each))));
        ArrayNode withoutCall = report.putArray("tracesWithoutCall");
        for (int i = 0; i < request.traces().size(); i++) {
            if (request.traces().get(i).inferences().isEmpty()) {
                withoutCall.add(decoded.batches().get(i).getTraceId());
            }
        }
        ArrayNode outcomes = report.putArray("outcomes");
        decoded.outcomes().forEach(outcome -> outcomes.add(json(outcome)));
        ArrayNode refused = report.putArray("refused");
        decoded.refused().forEach(each -> refused.addObject()
                .put("reason", each.reason().label())
                .put("place", each.place())
                .put("detail", each.detail()));
        report.put("ignored", decoded.ignored());
        report.put("droppedAttributes", decoded.droppedAttributes());
        report.set("redactions", JSON.valueToTree(decoded.redactions()));
        report.set("mapping", JSON.valueToTree(RecordedRequest.table().versions()));
        return report;
    }

    private ObjectNode call(AssembledTrace.Inference inference) {
        Trace trace = inference.trace();
        Map<String, String> attributes = trace.getAttributes();
        ObjectNode call = JSON.createObjectNode();
        call.put("spanId", trace.getSpanId());
        call.put("name", ownSpan(trace).getName());
        call.put("service", attributes.get("service"));
        call.put("tenant", trace.getTenant());
        call.put("operation", attributes.get("operation"));
        call.put("requestModel", attributes.get("request_model"));
        call.put("responseModel", attributes.get("response_model"));
        call.put("inputTokens", trace.getInputTokens());
        call.put("outputTokens", trace.getOutputTokens());
        call.put("cacheReadTokens", trace.getCachedTokens());
        call.put("reasoningTokens", trace.getReasoningTokens());
        ArrayNode finish = call.putArray("finish");
        if (trace.getFinishReason() != null) {
            List.of(trace.getFinishReason().split(",")).forEach(finish::add);
        }
        call.put("error", trace.getStatus() != InferenceStatus.OK);
        call.put("errorType", trace.getErrorClass());
        call.put("durationNanos", Long.toString(raw.durationNanos(trace.getTraceId(), trace.getSpanId())));
        call.set("slice", slice(inference));
        call.set("inference", json(trace));
        return call;
    }

    private static Span ownSpan(Trace trace) {
        return trace.getSpans().stream()
                .filter(span -> span.getSpanId().equals(trace.getSpanId()))
                .findFirst()
                .orElseThrow();
    }

    /** By the name of the attribute that the client used; a field that nobody named stands under its own. */
    private ObjectNode slice(AssembledTrace.Inference inference) {
        ObjectNode slice = JSON.createObjectNode();
        inference.facts().entrySet().stream()
                .sorted(Comparator.comparing(Map.Entry::getKey))
                .filter(entry -> entry.getValue().value() != null)
                .forEach(entry -> {
                    ResolvedFact fact = entry.getValue();
                    Fact field = Fact.valueOf(entry.getKey().toUpperCase(Locale.ROOT));
                    String name = raw.attribute(
                                    inference.trace().getTraceId(),
                                    fact.spanId(),
                                    RecordedRequest.table().names(field))
                            .orElse(entry.getKey());
                    slice.putObject(name)
                            .put("value", fact.value())
                            .put("from", fact.source().name().toLowerCase(Locale.ROOT))
                            .put("field", entry.getKey());
                });
        return slice;
    }

    private static JsonNode json(Object record) {
        try {
            return JSON.readTree(record.toString());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Avro writes its records as JSON", e);
        }
    }
}
