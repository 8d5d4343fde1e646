package io.tidemark.gateway.otlp;

import java.io.IOException;

/**
 * Counts data points. They are taken and not kept: windows are computed from inferences, and a cumulative value that a client sends with every
 * export, and once more when it shuts down, must never be summed.
 */
final class MetricReader {

    private static final int METRICS = Wire.message(2);
    private static final int POINTS = Wire.message(1);
    private static final int FIRST_DATA_FIELD = 5;
    private static final int LAST_DATA_FIELD = 11;

    private final BodyLimits limits;
    private final BatchCollector collector;

    MetricReader(BodyLimits limits, BatchCollector collector) {
        this.limits = limits;
        this.collector = collector;
    }

    /** Reads the ScopeMetrics message at the present field. */
    void read(Wire wire) throws IOException, BodyTooLargeException {
        int outer = wire.enter();
        for (int tag = wire.next(); tag != 0; tag = wire.next()) {
            if (tag == METRICS) {
                metric(wire);
            } else {
                wire.skip(tag);
            }
        }
        wire.leave(outer);
    }

    private void metric(Wire wire) throws IOException, BodyTooLargeException {
        int outer = wire.enter();
        for (int tag = wire.next(); tag != 0; tag = wire.next()) {
            int field = tag >>> 3;
            if (field >= FIRST_DATA_FIELD && field <= LAST_DATA_FIELD && tag == Wire.message(field)) {
                points(wire);
            } else {
                wire.skip(tag);
            }
        }
        wire.leave(outer);
    }

    private void points(Wire wire) throws IOException, BodyTooLargeException {
        int outer = wire.enter();
        for (int tag = wire.next(); tag != 0; tag = wire.next()) {
            if (tag == POINTS) {
                collector.countItem();
                collector.countIgnored();
                if (collector.items() > limits.elements()) {
                    throw BodyTooLargeException.of("data points", limits.elements());
                }
            }
            wire.skip(tag);
        }
        wire.leave(outer);
    }
}
