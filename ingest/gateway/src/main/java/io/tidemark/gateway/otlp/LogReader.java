package io.tidemark.gateway.otlp;

import io.tidemark.gateway.mapping.EventKind;
import io.tidemark.gateway.mapping.MappingTable;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads log records: those that hold texts of calls, or outcomes. Others are taken and not kept. */
final class LogReader {

    private static final int TIME = Wire.tag(1, 1);
    private static final int BODY = Wire.message(5);
    private static final int ATTRIBUTES = Wire.message(6);
    private static final int TRACE_ID = Wire.message(9);
    private static final int SPAN_ID = Wire.message(10);
    private static final int OBSERVED = Wire.tag(11, 1);
    private static final int EVENT_NAME = Wire.message(12);
    private static final int TRACE_ID_DIGITS = 32;

    private final MappingTable table;
    private final BodyLimits limits;
    private final Values values;
    private final BatchCollector collector;
    private final EventReader events;
    private final IdReader traceIds = new IdReader(TRACE_ID_DIGITS / 2);
    private final IdReader spanIds = new IdReader(TRACE_ID_DIGITS / 4);

    LogReader(MappingTable table, BodyLimits limits, TextPolicy policy, Values values, BatchCollector collector) {
        this.table = table;
        this.limits = limits;
        this.values = values;
        this.collector = collector;
        this.events = new EventReader(table, policy, collector);
    }

    /** Reads the log record at the present field. */
    void read(Wire wire, ResourceFacts resource) throws IOException, BodyTooLargeException {
        collector.countItem();
        if (collector.items() > limits.spans()) {
            throw BodyTooLargeException.of("log records", limits.spans());
        }
        String name = "";
        String traceId = "";
        String spanId = "";
        long time = 0;
        long observed = 0;
        Object body = null;
        Map<String, Object> attributes = new HashMap<>();
        int outer = wire.enter();
        for (int tag = wire.next(); tag != 0; tag = wire.next()) {
            if (tag == TIME) {
                time = wire.fixed64();
            } else if (tag == OBSERVED) {
                observed = wire.fixed64();
            } else if (tag == BODY) {
                body = values.read(wire);
            } else if (tag == ATTRIBUTES) {
                values.readEntry(wire, attributes);
            } else if (tag == TRACE_ID) {
                traceId = traceIds.read(wire);
            } else if (tag == SPAN_ID) {
                spanId = spanIds.read(wire);
            } else if (tag == EVENT_NAME) {
                name = wire.text();
            } else {
                wire.skip(tag);
            }
        }
        wire.leave(outer);
        if (name.isEmpty() && attributes.get("event.name") instanceof String named) {
            name = named;
        }
        Optional<EventKind> kind = table.event(name);
        long when = time > 0 ? time : observed;
        if (kind.isEmpty() || traceId.length() != TRACE_ID_DIGITS || spanId.equals("?") || when <= 0) {
            collector.countIgnored();
            return;
        }
        Object text = body instanceof Map<?, ?> map && map.isEmpty() ? null : body;
        events.read(kind.get(), new Event(resource.tenant(), traceId, spanId, name, when, attributes, text));
    }
}
