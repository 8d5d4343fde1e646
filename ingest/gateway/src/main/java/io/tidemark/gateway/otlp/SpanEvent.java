package io.tidemark.gateway.otlp;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * An event of a span.
 *
 * @param name its name
 * @param timeNanos when it happened, nanoseconds since the epoch
 * @param attributes its attributes; empty when nobody wants an event of this name
 */
record SpanEvent(String name, long timeNanos, Map<String, Object> attributes) {

    private static final int TIME = Wire.tag(1, 1);
    private static final int NAME = Wire.message(2);
    private static final int ATTRIBUTES = Wire.message(3);

    static SpanEvent read(Wire wire, Values values, Predicate<String> wanted)
            throws IOException, BodyTooLargeException {
        String name = "";
        long time = 0;
        Map<String, Object> attributes = new HashMap<>();
        for (int tag = wire.next(); tag != 0; tag = wire.next()) {
            if (tag == TIME) {
                time = wire.fixed64();
            } else if (tag == NAME) {
                name = wire.text();
            } else if (tag == ATTRIBUTES && wanted.test(name)) {
                values.readEntry(wire, attributes);
            } else {
                wire.skip(tag);
            }
        }
        return new SpanEvent(name, time, attributes);
    }
}
