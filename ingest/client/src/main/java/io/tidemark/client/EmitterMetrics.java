package io.tidemark.client;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Map;

/** What an emitter counts. {@code emitted = acked + dropped + waiting} holds whenever nothing is under way. */
final class EmitterMetrics {

    private final Counter emitted;
    private final Counter acked;
    private final Map<DropReason, Counter> dropped = new EnumMap<>(DropReason.class);
    private final Timer sendLatency;

    /** @param records value of the label {@code records}: what the emitter sends */
    EmitterMetrics(MeterRegistry registry, String records, RecordBuffer buffer) {
        Tags tags = Tags.of("records", records);
        emitted = Counter.builder("tidemark.client.emitted")
                .description("records handed over")
                .tags(tags)
                .register(registry);
        acked = Counter.builder("tidemark.client.acked")
                .description("records that Kafka acknowledged")
                .tags(tags)
                .register(registry);
        for (DropReason reason : DropReason.values()) {
            dropped.put(
                    reason,
                    Counter.builder("tidemark.client.dropped")
                            .description("records that were not delivered")
                            .tag("reason", reason.label())
                            .tags(tags)
                            .register(registry));
        }
        sendLatency = Timer.builder("tidemark.client.send.latency")
                .description("time from handing over to acknowledgement")
                .tags(tags)
                .register(registry);
        Gauge.builder("tidemark.client.buffer.records", buffer, RecordBuffer::records)
                .description("records that wait for delivery")
                .tags(tags)
                .register(registry);
        Gauge.builder("tidemark.client.buffer.bytes", buffer, RecordBuffer::bytes)
                .baseUnit("bytes")
                .description("bytes of the records that wait for delivery")
                .tags(tags)
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
