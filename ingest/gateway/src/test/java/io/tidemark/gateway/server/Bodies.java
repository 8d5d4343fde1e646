package io.tidemark.gateway.server;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Trace requests as a client would make them. */
public final class Bodies {

    private static final long NANOS = 1_000_000_000L;

    private Bodies() {}

    /** A request with so many model calls, each a trace of its own, and the server span above it. */
    public static ExportTraceServiceRequest calls(long firstId, int calls, Instant end) {
        List<Span> spans = new ArrayList<>();
        long endNanos = end.getEpochSecond() * NANOS;
        for (long id = firstId; id < firstId + calls; id++) {
            spans.add(call(id, endNanos));
        }
        return request(spans, List.of(text("service.name", "assistant")));
    }

    public static ExportTraceServiceRequest request(List<Span> spans, List<KeyValue> resource) {
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder()
                        .setResource(Resource.newBuilder().addAllAttributes(resource))
                        .addScopeSpans(ScopeSpans.newBuilder().addAllSpans(spans)))
                .build();
    }

    public static Span call(long id, long endNanos) {
        return Span.newBuilder()
                .setTraceId(ByteString.copyFrom(
                        ByteBuffer.allocate(16).putLong(7).putLong(id).array()))
                .setSpanId(
                        ByteString.copyFrom(ByteBuffer.allocate(8).putLong(id).array()))
                .setName("chat llama")
                .setStartTimeUnixNano(endNanos - 300_000_000)
                .setEndTimeUnixNano(endNanos)
                .addAttributes(text("gen_ai.operation.name", "chat"))
                .addAttributes(text("gen_ai.system", "openai"))
                .addAttributes(text("gen_ai.request.model", "llama-3.1-8b"))
                .addAttributes(text("gen_ai.response.model", "llama-3.1-8b-instruct"))
                .addAttributes(text("gen_ai.response.id", "chatcmpl-" + id))
                .addAttributes(text("server.address", "10.0.0.7"))
                .addAttributes(number("server.port", 443))
                .addAttributes(number("gen_ai.usage.input_tokens", 420 + id % 100))
                .addAttributes(number("gen_ai.usage.output_tokens", 80 + id % 50))
                .addAttributes(text("tidemark.version.prompt", "refund-v12"))
                .addAttributes(text("tidemark.version.base_model", "llama-3.1-8b"))
                .addAttributes(text("tidemark.intent", "refund"))
                .build();
    }

    public static KeyValue text(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }

    public static KeyValue number(String key, long value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setIntValue(value))
                .build();
    }
}
