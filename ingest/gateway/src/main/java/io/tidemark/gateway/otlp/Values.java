package io.tidemark.gateway.otlp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads OTLP's AnyValue as String, Boolean, Long, Double, List or Map. Counts what it reads, for the limits of one body. */
final class Values {

    private static final int STRING = Wire.message(1);
    private static final int BOOL = Wire.tag(2, 0);
    private static final int INT = Wire.tag(3, 0);
    private static final int DOUBLE = Wire.tag(4, 1);
    private static final int ARRAY = Wire.message(5);
    private static final int MAP = Wire.message(6);
    private static final int BYTES = Wire.message(7);
    private static final int VALUES = Wire.message(1);
    private static final int KEY = Wire.message(1);
    private static final int VALUE = Wire.message(2);

    private final BodyLimits limits;
    private int elements;

    Values(BodyLimits limits) {
        this.limits = limits;
    }

    /** The value of a nested message at the present field; null for an empty one. */
    Object read(Wire wire) throws IOException, BodyTooLargeException {
        return read(wire, 0);
    }

    /** A list of attributes, when the present field is one of its entries. */
    void readEntry(Wire wire, Map<String, Object> into) throws IOException, BodyTooLargeException {
        readEntry(wire, into, 0);
    }

    private Object read(Wire wire, int depth) throws IOException, BodyTooLargeException {
        if (depth > limits.depth()) {
            throw new BodyTooLargeException("values are nested deeper than %d levels".formatted(limits.depth()));
        }
        if (++elements > limits.elements()) {
            throw BodyTooLargeException.of("values", limits.elements());
        }
        int outer = wire.enter();
        Object value = null;
        for (int tag = wire.next(); tag != 0; tag = wire.next()) {
            if (tag == STRING) {
                value = wire.text();
            } else if (tag == BOOL) {
                value = wire.varint() != 0;
            } else if (tag == INT) {
                value = wire.varint();
            } else if (tag == DOUBLE) {
                value = wire.number();
            } else if (tag == ARRAY) {
                value = array(wire, depth + 1);
            } else if (tag == MAP) {
                value = map(wire, depth + 1);
            } else if (tag == BYTES) {
                value = Base64.getEncoder().encodeToString(wire.byteArray());
            } else {
                wire.skip(tag);
            }
        }
        wire.leave(outer);
        return value;
    }

    private List<Object> array(Wire wire, int depth) throws IOException, BodyTooLargeException {
        List<Object> values = new ArrayList<>();
        int outer = wire.enter();
        for (int tag = wire.next(); tag != 0; tag = wire.next()) {
            if (tag == VALUES) {
                values.add(read(wire, depth));
            } else {
                wire.skip(tag);
            }
        }
        wire.leave(outer);
        return values;
    }

    private Map<String, Object> map(Wire wire, int depth) throws IOException, BodyTooLargeException {
        Map<String, Object> values = new HashMap<>();
        int outer = wire.enter();
        for (int tag = wire.next(); tag != 0; tag = wire.next()) {
            if (tag == VALUES) {
                readEntry(wire, values, depth);
            } else {
                wire.skip(tag);
            }
        }
        wire.leave(outer);
        return values;
    }

    private void readEntry(Wire wire, Map<String, Object> into, int depth) throws IOException, BodyTooLargeException {
        String key = "";
        Object value = null;
        int outer = wire.enter();
        for (int tag = wire.next(); tag != 0; tag = wire.next()) {
            if (tag == KEY) {
                key = wire.text();
            } else if (tag == VALUE) {
                value = read(wire, depth);
            } else {
                wire.skip(tag);
            }
        }
        wire.leave(outer);
        into.put(key, value);
    }
}
