package io.tidemark.benchmarks.gateway;

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
import java.util.Random;

/** Requests as an instrumented assistant sends them: each trace a server span with the tuple, a model call and a tool. */
final class TraceBodies {

    static final int SPANS_PER_TRACE = 3;

    private static final long NANOS = 1_000_000_000L;

    private final Random random = new Random(20_261_121);
    private final long endNanos;

    TraceBodies(Instant end) {
        endNanos = end.getEpochSecond() * NANOS;
    }

    /** @param spans a multiple of three */
    List<byte[]> build(int bodies, int spans) {
        List<byte[]> built = new ArrayList<>();
        for (int i = 0; i < bodies; i++) {
            built.add(body(spans / SPANS_PER_TRACE).toByteArray());
        }
        return built;
    }

    private ExportTraceServiceRequest body(int traces) {
        ScopeSpans.Builder scope = ScopeSpans.newBuilder();
        for (int i = 0; i < traces; i++) {
            add(
                    scope,
                    ByteBuffer.allocate(16)
                            .putLong(random.nextLong())
                            .putLong(random.nextLong())
                            .array());
        }
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder()
                        .setResource(Resource.newBuilder()
                                .addAttributes(text("service.name", "support-assistant"))
                                .addAttributes(text("service.version", "2.3.1"))
                                .addAttributes(text("deployment.environment.name", "prod"))
                                .addAttributes(text("k8s.pod.name", "support-assistant-7d9f-x2x")))
                        .addScopeSpans(scope))
                .build();
    }

    private void add(ScopeSpans.Builder scope, byte[] traceId) {
        ByteString root = id();
        scope.addSpans(span(traceId, root, null, "POST /v1/assist")
                .addAttributes(text("http.request.method", "POST"))
                .addAttributes(text("url.path", "/v1/assist"))
                .addAttributes(number("http.response.status_code", 200))
                .addAttributes(text("app.version.base_model", "llama-3.1-8b"))
                .addAttributes(text("app.version.finetune", "ft-2026-11-03"))
                .addAttributes(text("app.version.prompt", "refund-v12"))
                .addAttributes(text("app.version.tool_schema", "tools-v4"))
                .addAttributes(text("app.intent", "refund")));
        scope.addSpans(span(traceId, id(), root, "chat llama-3.1-8b")
                .addAttributes(text("gen_ai.operation.name", "chat"))
                .addAttributes(text("gen_ai.request.model", "llama-3.1-8b"))
                .addAttributes(text("gen_ai.system", "openai"))
                .addAttributes(text("server.address", "models.internal"))
                .addAttributes(number("server.port", 443))
                .addAttributes(number("gen_ai.request.max_tokens", 128))
                .addAttributes(text("gen_ai.response.finish_reasons", "stop"))
                .addAttributes(text("gen_ai.response.id", "chatcmpl-" + random.nextInt(1_000_000)))
                .addAttributes(text("gen_ai.response.model", "llama-3.1-8b-instruct-ft7"))
                .addAttributes(number("gen_ai.usage.input_tokens", random.nextInt(4_000)))
                .addAttributes(number("gen_ai.usage.output_tokens", random.nextInt(900))));
        scope.addSpans(span(traceId, id(), root, "execute_tool lookup_order")
                .addAttributes(text("gen_ai.operation.name", "execute_tool"))
                .addAttributes(text("gen_ai.tool.name", "lookup_order"))
                .addAttributes(text("gen_ai.tool.call.id", "call_" + random.nextInt(1_000_000)))
                .addAttributes(text("db.system.name", "postgresql")));
    }

    private Span.Builder span(byte[] traceId, ByteString id, ByteString parent, String name) {
        Span.Builder span = Span.newBuilder()
                .setTraceId(ByteString.copyFrom(traceId))
                .setSpanId(id)
                .setName(name)
                .setKindValue(3)
                .setFlags(257)
                .setStartTimeUnixNano(endNanos - 1_000_000L * (1 + random.nextInt(900)))
                .setEndTimeUnixNano(endNanos + random.nextInt(1_000_000));
        return parent == null ? span : span.setParentSpanId(parent);
    }

    private ByteString id() {
        return ByteString.copyFrom(
                ByteBuffer.allocate(8).putLong(random.nextLong() | 1).array());
    }

    private static KeyValue text(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }

    private static KeyValue number(String key, long value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setIntValue(value))
                .build();
    }
}
