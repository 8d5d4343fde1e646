package io.tidemark.gateway.server;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tidemark.gateway.otlp.DecodedBody;
import io.tidemark.gateway.otlp.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What the gateway counts. Nothing is counted by tenant: their number is not bounded. */
final class GatewayMetrics {

    private final MeterRegistry registry;
    private final Timer latency;

    GatewayMetrics(MeterRegistry registry, MemoryGate gate, RequestsUnderWay underWay) {
        this.registry = registry;
        this.latency = Timer.builder("tidemark.gateway.latency")
                .description("from the last byte of a request to Kafka's acknowledgement")
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofSeconds(20))
                .register(registry);
        registry.gauge("tidemark.gateway.bytes.in.flight", gate, MemoryGate::used);
        registry.gauge("tidemark.gateway.requests.in.flight", underWay, RequestsUnderWay::count);
    }

    void received(String signal, int items) {
        registry.counter("tidemark.gateway.received", "signal", signal).increment(items);
    }

    void decoded(DecodedBody decoded) {
        refusedItems(decoded.refused());
        registry.counter("tidemark.gateway.ignored").increment(decoded.ignored());
        registry.counter("tidemark.gateway.attributes.dropped").increment(decoded.droppedAttributes());
        for (Map.Entry<String, Integer> redaction : decoded.redactions().entrySet()) {
            registry.counter("tidemark.gateway.redactions", "type", redaction.getKey())
                    .increment(redaction.getValue());
        }
    }

    void refusedItems(List<Refusal> refused) {
        for (Refusal refusal : refused) {
            registry.counter(
                            "tidemark.gateway.refused",
                            "reason",
                            refusal.reason().label())
                    .increment();
        }
    }

    void accepted(String signal, int items, Duration taken) {
        registry.counter("tidemark.gateway.accepted", "signal", signal).increment(items);
        registry.counter("tidemark.gateway.requests", "answer", "ok").increment();
        latency.record(taken);
    }

    void refused(Answer answer) {
        registry.counter("tidemark.gateway.requests", "answer", answer.label()).increment();
    }
}
