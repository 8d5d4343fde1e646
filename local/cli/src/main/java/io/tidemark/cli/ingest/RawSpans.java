package io.tidemark.cli.ingest;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.tidemark.cli.CommandFailure;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The spans of a body as they were sent, by trace and span id: for what the contract does not keep, and for the names that clients used. */
final class RawSpans {

    private record RawSpan(Span span, List<KeyValue> resource) {}

    private final Map<String, RawSpan> spans = new HashMap<>();

    RawSpans(byte[] protobuf) {
        try {
            for (ResourceSpans group :
                    ExportTraceServiceRequest.parseFrom(protobuf).getResourceSpansList()) {
                for (ScopeSpans scope : group.getScopeSpansList()) {
                    scope.getSpansList()
                            .forEach(span -> spans.putIfAbsent(
                                    hex(span.getTraceId().toByteArray())
                                            + hex(span.getSpanId().toByteArray()),
                                    new RawSpan(span, group.getResource().getAttributesList())));
                }
            }
        } catch (InvalidProtocolBufferException e) {
            throw new CommandFailure("the body cannot be read again: " + e.getMessage(), e);
        }
    }

    long durationNanos(String traceId, String spanId) {
        Span span = spans.get(traceId + spanId).span();
        return span.getEndTimeUnixNano() - span.getStartTimeUnixNano();
    }

    /** The first of these attributes that the span has, or else its resource. */
    Optional<String> attribute(String traceId, String spanId, List<String> names) {
        RawSpan raw = spans.get(traceId + spanId);
        return names.stream()
                .filter(name -> has(raw.span().getAttributesList(), name) || has(raw.resource(), name))
                .findFirst();
    }

    private static boolean has(List<KeyValue> attributes, String name) {
        return attributes.stream().anyMatch(each -> each.getKey().equals(name));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
