package io.tidemark.alerts.topology;

import io.micrometer.core.instrument.MeterRegistry;
import io.tidemark.contracts.avro.Alert;

/** What the lifecycle counts. */
public final class LifecycleMetrics {

    private final MeterRegistry registry;

    public LifecycleMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void event(Alert alert) {
        registry.counter(
                        "tidemark.alerts.events",
                        "state",
                        alert.getState().name(),
                        "severity",
                        alert.getSeverity().name())
                .increment();
    }

    void signal(String source) {
        registry.counter("tidemark.alerts.signals", "source", source).increment();
    }

    void explained() {
        registry.counter("tidemark.alerts.explained").increment();
    }

    void folded() {
        registry.counter("tidemark.alerts.folded").increment();
    }

    void refused(String source) {
        registry.counter("tidemark.alerts.refused", "source", source).increment();
    }
}
