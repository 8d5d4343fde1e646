package io.tidemark.contracts.trace;

import io.tidemark.contracts.avro.SpanKind;
import io.tidemark.contracts.trace.ProjectionPlan.Operation;
import io.tidemark.contracts.trace.ProjectionPlan.Step;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Walks a {@link ProjectionPlan} over Avro bytes. Not thread-safe. */
final class PlanReader {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final NumberField[] NUMBERS = NumberField.values();
    private static final SpanKind[] SPAN_KINDS = SpanKind.values();
    private static final int MAXIMUM_VARINT_BITS = 63;
    private static final int MAXIMUM_DEPTH = 64;

    private byte[] bytes;
    private int position;
    private int depth;
    private ProjectedTrace target;
    private int spanKind;
    private long spanDuration;

    void read(ProjectionPlan plan, byte[] record, int offset, ProjectedTrace trace) throws MalformedTraceException {
        bytes = record;
        position = offset;
        depth = 0;
        target = trace;
        try {
            run(plan);
        } catch (IndexOutOfBoundsException e) {
            throw malformed("the record ends inside a field");
        }
        if (position != record.length) {
            throw malformed("%d bytes are left over".formatted(record.length - position));
        }
    }

    long eventTimeMicros(ProjectionPlan plan, byte[] record, int offset) throws MalformedTraceException {
        bytes = record;
        position = offset;
        depth = 0;
        try {
            for (Step step : plan.steps) {
                boolean isEventTime =
                        step.operation == Operation.NUMBER && step.target == NumberField.EVENT_TIME.ordinal();
                if (isEventTime) {
                    return step.nullBranch >= 0 && isNull(step) ? 0 : varint();
                }
                skip(step);
            }
        } catch (IndexOutOfBoundsException e) {
            throw malformed("the record ends inside a field");
        }
        return 0;
    }

    private void run(ProjectionPlan plan) throws MalformedTraceException {
        for (Step step : plan.steps) {
            if (step.nullBranch >= 0 && isNull(step)) {
                continue;
            }
            execute(step);
        }
    }

    private void execute(Step step) throws MalformedTraceException {
        switch (step.operation) {
            case NUMBER -> number(step.target, varint());
            case TEXT -> text(step.target);
            case FLAG -> number(step.target, flag());
            case DOUBLE_NUMBER -> real(step.target, Double.longBitsToDouble((long) LONGS.get(bytes, advance(8))));
            case FLOAT_NUMBER -> real(step.target, Float.intBitsToFloat((int) INTS.get(bytes, advance(4))));
            case PRESENCE -> {
                number(step.target, 1);
                skipText();
            }
            case SYMBOL -> number(step.target, symbol(step.symbols));
            case GROUP -> nested(step.children[0]);
            case UNION -> nested(step.children[branch(step.children.length)]);
            case SPANS -> spans(step.children[0]);
            case MAP -> map(step);
            default -> skip(step.operation, step);
        }
    }

    private void skip(Step step) throws MalformedTraceException {
        if (step.nullBranch >= 0 && isNull(step)) {
            return;
        }
        skip(step.operation, step);
    }

    private void skip(Operation operation, Step step) throws MalformedTraceException {
        switch (operation) {
            case SKIP_NOTHING -> {}
            case SKIP_VARINT, NUMBER, SYMBOL -> varint();
            case SKIP_TEXT, TEXT, PRESENCE -> skipText();
            case SKIP_FIXED -> advance(step.target);
            case FLAG -> advance(1);
            case FLOAT_NUMBER -> advance(Float.BYTES);
            case DOUBLE_NUMBER -> advance(Double.BYTES);
            case SKIP_ARRAY, SPANS -> skipBlocks(step.children[0], false);
            case SKIP_MAP, MAP -> skipBlocks(step.children[0], true);
            case GROUP -> skipAll(step.children[0]);
            case UNION -> skipAll(step.children[branch(step.children.length)]);
        }
    }

    private void skipAll(ProjectionPlan plan) throws MalformedTraceException {
        enter();
        for (Step step : plan.steps) {
            skip(step);
        }
        depth--;
    }

    private void nested(ProjectionPlan plan) throws MalformedTraceException {
        enter();
        run(plan);
        depth--;
    }

    private void enter() throws MalformedTraceException {
        if (++depth > MAXIMUM_DEPTH) {
            throw malformed("records are nested more than %d deep".formatted(MAXIMUM_DEPTH));
        }
    }

    private void skipBlocks(ProjectionPlan element, boolean keyed) throws MalformedTraceException {
        for (long count = varint(); count != 0; count = varint()) {
            if (count < 0) {
                advance(length(varint()));
                continue;
            }
            for (long i = 0; i < count; i++) {
                int before = position;
                if (keyed) {
                    skipText();
                }
                skipAll(element);
                if (position == before && count > bytes.length) {
                    throw malformed("a block claims %d empty elements".formatted(count));
                }
            }
        }
    }

    private void spans(ProjectionPlan element) throws MalformedTraceException {
        for (long count = varint(); count != 0; count = varint()) {
            if (count < 0) {
                varint();
            }
            long elements = Math.abs(count);
            if (elements > bytes.length) {
                throw malformed("a block claims %d spans".formatted(elements));
            }
            for (long i = 0; i < elements; i++) {
                spanKind = SpanKind.OTHER.ordinal();
                spanDuration = InferenceEvent.UNKNOWN;
                nested(element);
                if (spanDuration != InferenceEvent.UNKNOWN) {
                    target.event().addSpan(SPAN_KINDS[spanKind], spanDuration);
                }
            }
        }
    }

    private void number(int field, long value) {
        NumberField number = NUMBERS[field];
        if (number == NumberField.SPAN_KIND) {
            spanKind = (int) value;
        } else if (number == NumberField.SPAN_DURATION) {
            spanDuration = value;
        } else {
            number.assign(target.event(), value);
        }
    }

    private void real(int field, double value) {
        long fixedPoint = NUMBERS[field].fixedPoint(value);
        if (fixedPoint != InferenceEvent.UNKNOWN) {
            number(field, fixedPoint);
        }
    }

    private void text(int slot) throws MalformedTraceException {
        int length = length(varint());
        target.text(slot, position, length);
        position += length;
    }

    private void map(Step step) throws MalformedTraceException {
        int start = position;
        skipBlocks(step.children[0], true);
        target.text(step.target, start, position - start);
    }

    private void skipText() throws MalformedTraceException {
        // in two statements: a compound assignment would take the position from before the length was read
        int length = length(varint());
        position += length;
    }

    private long flag() throws MalformedTraceException {
        byte value = bytes[position++];
        if (value != 0 && value != 1) {
            throw malformed("a flag is neither 0 nor 1");
        }
        return value;
    }

    private int symbol(int[] symbols) throws MalformedTraceException {
        long index = varint();
        if (index < 0 || index >= symbols.length) {
            throw malformed("enum symbol %d of %d".formatted(index, symbols.length));
        }
        return symbols[(int) index];
    }

    private boolean isNull(Step step) throws MalformedTraceException {
        return branch(2) == step.nullBranch;
    }

    private int branch(int branches) throws MalformedTraceException {
        long branch = varint();
        if (branch < 0 || branch >= branches) {
            throw malformed("union branch %d of %d".formatted(branch, branches));
        }
        return (int) branch;
    }

    private int advance(int count) throws MalformedTraceException {
        int start = position;
        position = start + length(count);
        return start;
    }

    private int length(long claimed) throws MalformedTraceException {
        if (claimed < 0 || claimed > bytes.length - position) {
            throw malformed("a length of %d runs past the end".formatted(claimed));
        }
        return (int) claimed;
    }

    private long varint() throws MalformedTraceException {
        int first = bytes[position++];
        if (first >= 0) {
            return (first >>> 1) ^ -(first & 1);
        }
        return longVarint(first & 0x7F);
    }

    private long longVarint(long start) throws MalformedTraceException {
        long value = start;
        for (int shift = 7; shift <= MAXIMUM_VARINT_BITS; shift += 7) {
            int next = bytes[position++];
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return (value >>> 1) ^ -(value & 1);
            }
        }
        throw malformed("a number has more than ten bytes");
    }

    private MalformedTraceException malformed(String what) {
        return new MalformedTraceException(what, position);
    }
}
