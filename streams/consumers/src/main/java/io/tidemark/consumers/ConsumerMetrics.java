package io.tidemark.consumers;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tidemark.contracts.avro.Action;
import java.time.Duration;

/** What a consumer counts. */
final class ConsumerMetrics {

    private final MeterRegistry registry;
    private final String kind;
    private final Timer act;

    ConsumerMetrics(MeterRegistry registry, String kind) {
        this.registry = registry;
        this.kind = kind;
        this.act = Timer.builder("tidemark.actions.duration")
                .tag("kind", kind)
                .description("from reading the alert to the answer of the target")
                .publishPercentileHistogram()
                .register(registry);
    }

    void recorded(Action action) {
        registry.counter(
                        "tidemark.actions.records",
                        "kind",
                        action.getKind(),
                        "phase",
                        action.getPhase().name())
                .increment();
    }

    void acted(Duration took) {
        act.record(took);
    }

    void retried() {
        registry.counter("tidemark.actions.retries", "kind", kind).increment();
    }

    void repeated() {
        registry.counter("tidemark.actions.repeated", "kind", kind).increment();
    }

    void unreadable() {
        registry.counter("tidemark.actions.unreadable", "kind", kind).increment();
    }
}
