package io.tidemark.cli.demo;

import io.tidemark.cli.format.TraceReader;
import io.tidemark.contracts.avro.Trace;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Iterator;

/** Invented traffic in the shape of a file. */
final class DemoTraces implements TraceReader {

    private final Iterator<Trace> traces;

    DemoTraces(DemoTraffic traffic) {
        traces = traffic.stream().iterator();
    }

    /** The settings of the traffic decide its content. */
    static String contentHash(DemoTraffic traffic) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(traffic.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public Trace next() {
        return traces.hasNext() ? traces.next() : null;
    }

    @Override
    public void close() {
        // nothing is open
    }
}
