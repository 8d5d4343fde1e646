package io.tidemark.benchmarks.gateway;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.lang.management.ManagementFactory;
import java.util.List;

/** Processor time that protobuf's generated classes need for a span of the bodies, and nothing else: the floor under any receiver. */
final class ParseCost {

    private static final int WARM_UP_ROUNDS = 60;
    private static final int ROUNDS = 60;

    private final List<byte[]> bodies;
    private long nanos;
    private long spans;

    ParseCost(List<byte[]> bodies) {
        this.bodies = bodies;
        for (int round = 0; round < WARM_UP_ROUNDS; round++) {
            bodies.forEach(ParseCost::parsed);
        }
    }

    /** Parses every body once. */
    void probe() {
        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        for (byte[] body : bodies) {
            spans += parsed(body);
        }
        nanos += ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
    }

    void measure() {
        for (int round = 0; round < ROUNDS; round++) {
            probe();
        }
    }

    double microsPerSpan() {
        return nanos / 1e3 / spans;
    }

    private static int parsed(byte[] body) {
        try {
            return ExportTraceServiceRequest.parseFrom(body)
                    .getResourceSpans(0)
                    .getScopeSpans(0)
                    .getSpansCount();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a body that was just written can be read", e);
        }
    }
}
