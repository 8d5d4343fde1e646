package io.tidemark.gateway.server;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Makes spans with the OpenTelemetry SDK for Java. */
final class SpanMaker implements AutoCloseable {

    private final List<SpanData> made = new ArrayList<>();
    private final SdkTracerProvider provider = SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(new Collector()))
            .build();

    List<SpanData> batch(int size) {
        made.clear();
        for (int i = 0; i < size; i++) {
            provider.get("load")
                    .spanBuilder("chat llama")
                    .setAttribute(AttributeKey.stringKey("gen_ai.operation.name"), "chat")
                    .setAttribute(AttributeKey.stringKey("gen_ai.request.model"), "llama")
                    .setAttribute(AttributeKey.longKey("gen_ai.usage.input_tokens"), 42L)
                    .startSpan()
                    .end();
        }
        return List.copyOf(made);
    }

    @Override
    public void close() {
        provider.close();
    }

    private final class Collector implements SpanExporter {

        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            made.addAll(spans);
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }
}
