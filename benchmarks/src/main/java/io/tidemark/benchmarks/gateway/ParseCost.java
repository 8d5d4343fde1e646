package io.tidemark.benchmarks.gateway;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.tidemark.gateway.otlp.BodyTooLargeException;
import io.tidemark.gateway.otlp.Inflation;
import io.tidemark.gateway.otlp.MalformedBodyException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;

/** Processor time that protobuf's generated classes need for a span of the bodies, and nothing else: the floor under any receiver. */
final class ParseCost {

    private static final int WARM_UP_ROUNDS = 60;
    private static final int MOST_BYTES = 1 << 24;

    private final List<byte[]> bodies;
    private final List<byte[]> zipped;
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private long parseNanos;
    private long unzipNanos;
    private long spans;

    /** @param zipped the same bodies, compressed */
    ParseCost(List<byte[]> bodies, List<byte[]> zipped) {
        this.bodies = bodies;
        this.zipped = zipped;
        for (int round = 0; round < WARM_UP_ROUNDS; round++) {
            probe();
        }
        forget();
    }

    /** Counts from now on. */
    void forget() {
        parseNanos = 0;
        unzipNanos = 0;
        spans = 0;
    }

    /** Decompresses and parses every body once. */
    void probe() {
        long start = threads.getCurrentThreadCpuTime();
        for (byte[] body : bodies) {
            spans += parsed(body);
        }
        long parsed = threads.getCurrentThreadCpuTime();
        zipped.forEach(ParseCost::unzip);
        parseNanos += parsed - start;
        unzipNanos += threads.getCurrentThreadCpuTime() - parsed;
    }

    /** Parsing alone. */
    double parseMicrosPerSpan() {
        return parseNanos / 1e3 / spans;
    }

    /** Decompression alone. */
    double unzipMicrosPerSpan() {
        return unzipNanos / 1e3 / spans;
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

    private static void unzip(byte[] zipped) {
        try {
            Inflation.gunzip(zipped, MOST_BYTES);
        } catch (MalformedBodyException | BodyTooLargeException e) {
            throw new IllegalStateException("a body that was just compressed can be read", e);
        }
    }
}
