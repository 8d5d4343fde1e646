package io.tidemark.gateway.otlp;

import io.tidemark.contracts.avro.ReceivedSpan;
import io.tidemark.contracts.avro.Span;
import io.tidemark.contracts.avro.SpanKind;
import io.tidemark.contracts.avro.Trace;
import io.tidemark.gateway.mapping.CallTrace;
import io.tidemark.gateway.mapping.EventKind;
import io.tidemark.gateway.mapping.Fact;
import io.tidemark.gateway.mapping.MappingTable;
import io.tidemark.gateway.mapping.SpanDraft;
import io.tidemark.ingest.redaction.Redaction;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads one span at a time. */
final class SpanReader {

    private static final int TRACE_ID = Wire.message(1);
    private static final int SPAN_ID = Wire.message(2);
    private static final int PARENT_ID = Wire.message(4);
    private static final int NAME = Wire.message(5);
    private static final int START = Wire.tag(7, 1);
    private static final int END = Wire.tag(8, 1);
    private static final int ATTRIBUTES = Wire.message(9);
    private static final int EVENTS = Wire.message(11);
    private static final int STATUS = Wire.message(15);
    private static final int STATUS_CODE = Wire.tag(3, 0);
    private static final int ERROR = 2;
    private static final String EXCEPTION = "exception";
    private static final int TRACE_ID_BYTES = 16;
    private static final int SPAN_ID_BYTES = 8;

    private final MappingTable table;
    private final BodyLimits limits;
    private final TextPolicy policy;
    private final long oldestNanos;
    private final long newestNanos;
    private final AttributeReader attributes;
    private final BatchCollector collector;
    private final EventReader events;
    private final CallTrace calls;
    private final Map<String, String> requestBaggage;
    private final SpanDraft draft = new SpanDraft();
    private final SpanDraft baggage = new SpanDraft();
    private final IdReader traceIds = new IdReader(TRACE_ID_BYTES);
    private final IdReader spanIds = new IdReader(SPAN_ID_BYTES);
    private final IdReader parentIds = new IdReader(SPAN_ID_BYTES);
    private final List<Wire> eventBodies = new ArrayList<>();

    private String traceId;
    private String spanId;
    private String parentId;
    private String name;
    private long start;
    private long end;
    private boolean failed;
    private int attributeCount;
    private String exceptionType;

    SpanReader(
            MappingTable table,
            BodyLimits limits,
            TextPolicy policy,
            TimeWindow window,
            AttributeReader attributes,
            BatchCollector collector,
            Map<String, String> requestBaggage) {
        this.table = table;
        this.limits = limits;
        this.policy = policy;
        this.oldestNanos = window.oldestNanos();
        this.newestNanos = window.newestNanos();
        this.attributes = attributes;
        this.collector = collector;
        this.events = new EventReader(table, policy, collector);
        this.calls = new CallTrace(table);
        this.requestBaggage = requestBaggage;
    }

    /** Reads the span at the present field, and hands it to the collector or refuses it. */
    void read(Wire wire, ResourceFacts resource, TenantRule tenants)
            throws IOException, BodyTooLargeException, TenantMismatchException {
        collector.countItem();
        if (collector.items() > limits.spans()) {
            throw BodyTooLargeException.of("spans", limits.spans());
        }
        clear();
        fields(wire);
        Optional<Refusal> refusal = refusal();
        if (refusal.isPresent()) {
            collector.refuse(refusal.get());
            return;
        }
        String claimed = draft.fact(Fact.TENANT);
        String tenant = claimed == null ? resource.tenant() : tenants.tenant(claimed);
        readEvents(tenant);
        collector.add(tenant, traceId, receivedSpan(resource), resource.facts());
    }

    private void clear() {
        draft.clear();
        baggage.clear();
        eventBodies.clear();
        traceId = "";
        spanId = "";
        parentId = null;
        name = "";
        start = 0;
        end = 0;
        failed = false;
        attributeCount = 0;
        exceptionType = null;
    }

    private void fields(Wire wire) throws IOException, BodyTooLargeException {
        int outer = wire.enter();
        for (int tag = wire.next(); tag != 0; tag = wire.next()) {
            if (tag == ATTRIBUTES) {
                attribute(wire);
            } else if (tag == TRACE_ID) {
                traceId = traceIds.read(wire);
            } else if (tag == SPAN_ID) {
                spanId = spanIds.read(wire);
            } else if (tag == PARENT_ID) {
                parentId = parentIds.read(wire);
            } else if (tag == NAME) {
                name = wire.text();
            } else if (tag == START) {
                start = wire.fixed64();
            } else if (tag == END) {
                end = wire.fixed64();
            } else if (tag == EVENTS) {
                eventBodies.add(wire.nested());
            } else if (tag == STATUS) {
                status(wire);
            } else {
                wire.skip(tag);
            }
        }
        wire.leave(outer);
    }

    private void attribute(Wire wire) throws IOException, BodyTooLargeException {
        attributeCount++;
        if (attributeCount > limits.attributes()) {
            attributes.drop();
            wire.skip(ATTRIBUTES);
        } else {
            attributes.read(wire, draft, baggage);
        }
    }

    private void status(Wire wire) throws IOException {
        int outer = wire.enter();
        for (int tag = wire.next(); tag != 0; tag = wire.next()) {
            if (tag == STATUS_CODE) {
                failed = wire.varint() == ERROR;
            } else {
                wire.skip(tag);
            }
        }
        wire.leave(outer);
    }

    private Optional<Refusal> refusal() {
        if (traceId.length() != 2 * TRACE_ID_BYTES) {
            return refused(Refusal.Reason.INVALID_TRACE_ID, "trace_id must be 16 bytes, not all zero");
        }
        if (spanId.length() != 2 * SPAN_ID_BYTES) {
            return refused(Refusal.Reason.INVALID_SPAN_ID, "span_id must be 8 bytes, not all zero");
        }
        if (start <= 0 || end < start) {
            return refused(
                    Refusal.Reason.INVALID_TIME,
                    "start_time_unix_nano must be above 0 and end_time_unix_nano not before it");
        }
        if (end < oldestNanos) {
            return refused(Refusal.Reason.TOO_OLD, "the span ended longer ago than is accepted");
        }
        if (end > newestNanos) {
            return refused(Refusal.Reason.FUTURE, "the span ends in the future");
        }
        return Optional.empty();
    }

    private Optional<Refusal> refused(Refusal.Reason reason, String detail) {
        String place = spanId.length() == 2 * SPAN_ID_BYTES ? "span " + spanId : "span number " + collector.items();
        return Optional.of(new Refusal(reason, place, detail));
    }

    private void readEvents(String tenant) throws IOException, BodyTooLargeException {
        for (Wire body : eventBodies) {
            SpanEvent event = SpanEvent.read(
                    body,
                    attributes.values(),
                    eventName -> eventName.equals(EXCEPTION)
                            || table.event(eventName).isPresent());
            Optional<EventKind> kind = table.event(event.name());
            if (kind.isPresent()) {
                events.read(
                        kind.get(),
                        new Event(tenant, traceId, spanId, event.name(), event.timeNanos(), event.attributes(), null));
            } else if (event.attributes().get("exception.type") instanceof String type) {
                exceptionType = type;
            }
        }
    }

    private ReceivedSpan receivedSpan(ResourceFacts resource) {
        SpanKind kind = draft.kind(table, name);
        Span span = new Span();
        span.setSpanId(spanId);
        span.setParentSpanId(parentId == null || parentId.length() != 2 * SPAN_ID_BYTES ? null : parentId);
        span.setKind(kind);
        String cleanName = SpanDraft.name(name);
        span.setName(cleanName == null ? "" : policy.name(cleanName));
        span.setStartTime(Instants.ofNanos(start));
        span.setDurationMicros((end - start) / 1_000);
        span.setOk(!failed);
        span.setAttributes(kind == SpanKind.LLM ? Map.of() : ResourceReader.kept(draft, policy));
        ReceivedSpan received = new ReceivedSpan();
        received.setSpan(span);
        received.setFacts(ResourceReader.facts(draft, policy));
        received.setBaggage(baggageFacts());
        received.setCall(kind == SpanKind.LLM ? call(span, resource) : null);
        return received;
    }

    private Map<String, String> baggageFacts() {
        Map<String, String> ofSpan = ResourceReader.facts(baggage, policy);
        if (requestBaggage.isEmpty()) {
            return ofSpan;
        }
        Map<String, String> all = new HashMap<>(requestBaggage);
        all.putAll(ofSpan);
        return all;
    }

    private Trace call(Span span, ResourceFacts resource) {
        Trace call = calls.of(draft, span, Instants.ofNanos(end), failed, exceptionType, resource.kept());
        call.getAttributes().replaceAll((key, value) -> policy.name(value));
        CallNames.clean(call, policy);
        if (policy.captures(traceId)) {
            texts(call);
        }
        return call;
    }

    private void texts(Trace call) {
        int hits = 0;
        if (draft.prompt() != null) {
            Redaction prompt = policy.text(draft.prompt());
            collector.count(prompt);
            hits += prompt.findings().size();
            call.setPromptText(prompt.text());
        }
        if (draft.response() != null) {
            Redaction response = policy.text(draft.response());
            collector.count(response);
            hits += response.findings().size();
            call.setResponseText(response.text());
        }
        if (call.getPromptText() != null || call.getResponseText() != null) {
            call.setSamplingWeight(policy.samplingWeight());
            call.setPiiHits(call.getPiiHits() == null ? (Integer) hits : call.getPiiHits());
        }
    }
}
