package io.tidemark.gateway.otlp;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tidemark.gateway.mapping.MappedAttribute;
import io.tidemark.gateway.mapping.MappingTable;
import io.tidemark.gateway.mapping.SpanDraft;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;

/** Turns OTLP bodies into span batches and outcomes. Holds no state between bodies; for use by several threads. */
public final class BodyDecoder {

    /** How a body is written. */
    public enum Encoding {
        PROTOBUF,
        JSON
    }

    private static final int GROUPS = Wire.message(1);
    private static final int SCOPES = Wire.message(2);
    private static final int ITEMS = Wire.message(2);

    private final MappingTable table;
    private final BodyLimits limits;
    private final TextPolicy policy;
    private final TimeWindow window;
    private final Clock clock;
    private final KnownTexts texts = new KnownTexts();

    /** @param clock says when a body was received */
    public BodyDecoder(MappingTable table, BodyLimits limits, TextPolicy policy, TimeWindow window, Clock clock) {
        this.table = table;
        this.limits = limits;
        this.policy = policy;
        this.window = window;
        this.clock = clock;
    }

    /** The limits of bodies. */
    public BodyLimits limits() {
        return limits;
    }

    /**
     * Reads a body.
     *
     * @param body the body, decompressed
     * @param baggage W3C baggage of the request, or null
     */
    public DecodedBody decode(Signal signal, Encoding encoding, byte[] body, TenantRule tenants, String baggage)
            throws MalformedBodyException, BodyTooLargeException, TenantMismatchException {
        byte[] protobuf = protobuf(signal, encoding, body);
        BatchCollector collector = new BatchCollector(clock.instant());
        AttributeReader attributes = new AttributeReader(table, limits, policy);
        try {
            read(signal, protobuf, tenants, baggageFacts(baggage), collector, attributes);
        } catch (InvalidProtocolBufferException e) {
            throw new MalformedBodyException("the body is no OTLP protobuf: a message is cut off or damaged");
        } catch (IOException e) {
            throw new MalformedBodyException("the body cannot be read");
        }
        return collector.finish(attributes.dropped());
    }

    /** A body as protobuf, however it is written. */
    public byte[] protobuf(Signal signal, Encoding encoding, byte[] body)
            throws MalformedBodyException, BodyTooLargeException {
        return encoding == Encoding.JSON ? new JsonBody(limits).toProtobuf(signal, body, 0, body.length) : body;
    }

    private void read(
            Signal signal,
            byte[] body,
            TenantRule tenants,
            Map<String, String> baggage,
            BatchCollector collector,
            AttributeReader attributes)
            throws IOException, BodyTooLargeException, TenantMismatchException {
        ResourceReader resources = new ResourceReader(attributes, policy, tenants);
        SpanReader spans = new SpanReader(table, limits, policy, window, attributes, collector, baggage);
        LogReader logs = new LogReader(table, limits, policy, attributes.values(), collector);
        MetricReader metrics = new MetricReader(limits, collector);
        Wire wire = new Wire(body, 0, body.length, texts);
        for (int tag = wire.next(); tag != 0; tag = wire.next()) {
            if (tag != GROUPS) {
                wire.skip(tag);
                continue;
            }
            int length = wire.length();
            int start = wire.position();
            wire.pass(length);
            ResourceFacts resource = resources.read(new Wire(body, start, length, texts));
            group(new Wire(body, start, length, texts), scope -> {
                switch (signal) {
                    case TRACES -> items(scope, item -> spans.read(item, resource, tenants));
                    case LOGS -> items(scope, item -> logs.read(item, resource));
                    case METRICS -> metrics.read(scope);
                }
            });
        }
    }

    private interface Reader {
        void read(Wire wire) throws IOException, BodyTooLargeException, TenantMismatchException;
    }

    private static void group(Wire group, Reader scope)
            throws IOException, BodyTooLargeException, TenantMismatchException {
        for (int tag = group.next(); tag != 0; tag = group.next()) {
            if (tag == SCOPES) {
                scope.read(group);
            } else {
                group.skip(tag);
            }
        }
    }

    private static void items(Wire wire, Reader item)
            throws IOException, BodyTooLargeException, TenantMismatchException {
        int outer = wire.enter();
        for (int tag = wire.next(); tag != 0; tag = wire.next()) {
            if (tag == ITEMS) {
                item.read(wire);
            } else {
                wire.skip(tag);
            }
        }
        wire.leave(outer);
    }

    /** Slice fields that the request's own baggage names. */
    private Map<String, String> baggageFacts(String baggage) {
        if (baggage == null || baggage.isBlank()) {
            return Map.of();
        }
        SpanDraft draft = new SpanDraft();
        for (String member : baggage.split(",")) {
            String entry = member.split(";", 2)[0];
            int equals = entry.indexOf('=');
            MappedAttribute attribute = equals < 0
                    ? null
                    : table.attribute(entry.substring(0, equals).strip());
            if (attribute != null) {
                attribute.applyFacts(decoded(entry.substring(equals + 1).strip()), draft);
            }
        }
        return ResourceReader.facts(draft, policy);
    }

    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return value;
        }
    }
}
