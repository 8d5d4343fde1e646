package io.tidemark.client;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Map;

/** What an emitter counts. {@code emitted = acked + dropped + waiting} holds whenever nothing is under way. */
final class EmitterMetrics {

    private final Counter emitted;
    private final Counter acked;
    private final Map<DropReason, Counter> dropped = new EnumMap<>(DropReason.class);
    private final Timer sendLatency;

    EmitterMetrics(MeterRegistry registry, TraceBuffer buffer) {
        emitted = Counter.builder("tidemark.client.emitted")
                .description("traces handed over")
                .register(registry);
        acked = Counter.builder("tidemark.client.acked")
                .description("traces that Kafka acknowledged")
                .register(registry);
        for (DropReason reason : DropReason.values()) {
            dropped.put(
                    reason,
                    Counter.builder("tidemark.client.dropped")
                            .description("traces that were not delivered")
                            .tag("reason", reason.label())
                            .register(registry));
        }
        sendLatency = Timer.builder("tidemark.client.send.latency")
                .description("time from handing over to acknowledgement")
                .register(registry);
        Gauge.builder("tidemark.client.buffer.records", buffer, TraceBuffer::records)
                .description("traces that wait for delivery")
                .register(registry);
        Gauge.builder("tidemark.client.buffer.bytes", buffer, TraceBuffer::bytes)
                .baseUnit("bytes")
                .description("bytes of the traces that wait for delivery")
                .register(registry);
    }

    void emitted() {
        emitted.increment();
    }

    void acked(java.time.Duration latency) {
        acked.increment();
        sendLatency.record(latency);
    }

    void dropped(DropReason reason) {
        dropped.get(reason).increment();
    }
}
