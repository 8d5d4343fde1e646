package io.tidemark.gateway.otlp;

import io.tidemark.gateway.mapping.MappedAttribute;
import io.tidemark.gateway.mapping.MappingTable;
import io.tidemark.gateway.mapping.SpanDraft;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads attributes into drafts. An attribute that the mapping does not know is passed over without reading it. */
final class AttributeReader {

    private static final int KEY = Wire.message(1);
    private static final int VALUE = Wire.message(2);
    private static final byte[] BAGGAGE = "baggage.".getBytes(StandardCharsets.UTF_8);

    private final MappingTable table;
    private final BodyLimits limits;
    private final TextPolicy policy;
    private final byte[] featurePrefix;
    private final Values values;
    private int dropped;

    AttributeReader(MappingTable table, BodyLimits limits, TextPolicy policy) {
        this.table = table;
        this.limits = limits;
        this.policy = policy;
        this.featurePrefix = table.featurePrefix().getBytes(StandardCharsets.UTF_8);
        this.values = new Values(limits);
    }

    Values values() {
        return values;
    }

    /** Attributes that were too many or too long. */
    int dropped() {
        return dropped;
    }

    void drop() {
        dropped++;
    }

    /**
     * Reads the attribute at the present field.
     *
     * @param baggage takes the slice fields of attributes that were copied from baggage
     */
    void read(Wire wire, SpanDraft draft, SpanDraft baggage) throws IOException, BodyTooLargeException {
        int outer = wire.enter();
        int keyStart = 0;
        int keyLength = 0;
        MappedAttribute attribute = null;
        for (int tag = wire.next(); tag != 0; tag = wire.next()) {
            if (tag == KEY) {
                keyLength = wire.length();
                keyStart = wire.position();
                attribute = table.attribute(wire.bytes(), keyStart, keyLength);
                wire.pass(keyLength);
            } else if (tag == VALUE && attribute != null) {
                apply(wire, attribute, draft);
            } else if (tag == VALUE && startsWith(wire, keyStart, keyLength, featurePrefix)) {
                draft.feature(text(wire, keyStart, keyLength, featurePrefix.length), values.read(wire));
            } else if (tag == VALUE && startsWith(wire, keyStart, keyLength, BAGGAGE)) {
                applyBaggage(wire, keyStart, keyLength, baggage);
            } else {
                wire.skip(tag);
            }
        }
        wire.leave(outer);
    }

    private void apply(Wire wire, MappedAttribute attribute, SpanDraft draft)
            throws IOException, BodyTooLargeException {
        int start = wire.position();
        if (!attribute.isNeeded(policy.captures())) {
            wire.skip(VALUE);
            return;
        }
        Object value = values.read(wire);
        boolean tooLong = wire.position() - start > limits.attributeBytes() && !attribute.holdsText();
        if (tooLong) {
            dropped++;
        } else if (value != null) {
            attribute.apply(value, draft);
        }
    }

    private void applyBaggage(Wire wire, int keyStart, int keyLength, SpanDraft baggage)
            throws IOException, BodyTooLargeException {
        int start = keyStart + BAGGAGE.length;
        MappedAttribute attribute = table.attribute(wire.bytes(), start, keyLength - BAGGAGE.length);
        if (attribute != null && attribute.isFact()) {
            Object value = values.read(wire);
            if (value != null) {
                attribute.applyFacts(value, baggage);
            }
        } else {
            wire.skip(VALUE);
        }
    }

    private static boolean startsWith(Wire wire, int start, int length, byte[] prefix) {
        return prefix.length > 0
                && length > prefix.length
                && Arrays.equals(wire.bytes(), start, start + prefix.length, prefix, 0, prefix.length);
    }

    private static String text(Wire wire, int start, int length, int from) {
        int characters = Math.min(length - from, 200);
        return new String(wire.bytes(), start + from, characters, StandardCharsets.UTF_8);
    }
}
