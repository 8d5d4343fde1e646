package io.tidemark.assembly.stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tidemark.assembly.trace.AssembledTrace;
import io.tidemark.contracts.VersionTuple;
import io.tidemark.contracts.avro.Trace;
import java.util.concurrent.atomic.AtomicLong;

/** What the assembler counts. */
final class AssemblyMetrics {

    private final Counter spans;
    private final Counter duplicates;
    private final Counter late;
    private final Counter dropped;
    private final Counter loose;
    private final Counter early;
    private final Counter inferences;
    private final Counter unknownVersion;
    private final Counter unknownIntent;
    private final Counter withoutCall;
    private final Counter poison;
    private final AtomicLong open = new AtomicLong();

    AssemblyMetrics(MeterRegistry registry) {
        spans = registry.counter("tidemark.assembly.spans");
        duplicates = registry.counter("tidemark.assembly.spans.duplicate");
        late = registry.counter("tidemark.assembly.spans.late");
        dropped = registry.counter("tidemark.assembly.spans.dropped");
        loose = registry.counter("tidemark.assembly.spans.loose");
        early = registry.counter("tidemark.assembly.traces.early");
        inferences = registry.counter("tidemark.assembly.inferences");
        unknownVersion = registry.counter("tidemark.assembly.inferences.unknown.version");
        unknownIntent = registry.counter("tidemark.assembly.inferences.unknown.intent");
        withoutCall = registry.counter("tidemark.assembly.traces.without.call");
        poison = registry.counter("tidemark.assembly.poison");
        registry.gauge("tidemark.assembly.open.spans", open);
    }

    void spans(int count) {
        spans.increment(count);
    }

    void duplicates(int count) {
        duplicates.increment(count);
    }

    void late(int count) {
        late.increment(count);
    }

    void dropped(int count) {
        dropped.increment(count);
    }

    void loose(int count) {
        loose.increment(count);
    }

    void early() {
        early.increment();
    }

    void poison() {
        poison.increment();
    }

    void open(int change) {
        open.addAndGet(change);
    }

    void assembled(AssembledTrace trace) {
        if (trace.inferences().isEmpty()) {
            withoutCall.increment();
        }
        trace.inferences().forEach(inference -> inference(inference.trace()));
    }

    private void inference(Trace trace) {
        inferences.increment();
        if (VersionTuple.from(trace.getVersion()).components().contains(VersionTuple.UNKNOWN)) {
            unknownVersion.increment();
        }
        if (trace.getIntent().equals(VersionTuple.UNKNOWN)) {
            unknownIntent.increment();
        }
    }
}
