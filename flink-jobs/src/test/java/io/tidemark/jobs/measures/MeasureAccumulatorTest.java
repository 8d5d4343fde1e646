package io.tidemark.jobs.measures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.contracts.measure.MeasureCatalog;
import io.tidemark.contracts.trace.InferenceEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MeasureAccumulatorTest {

    private final MeasureLog log = new MeasureLog();
    private final Random random = new Random(3);

    @Test
    void anyOrderAndAnyGroupingGivesTheSameBytes() {
        List<InferenceEvent> events = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            events.add(event());
        }
        byte[] whole = encode(events);

        byte[] left = encode(events.subList(0, 120));
        byte[] middle = encode(events.subList(120, 121));
        byte[] right = encode(events.subList(121, 500));

        assertThat(sum(left, middle, right)).isEqualTo(whole);
        assertThat(sum(right, left, middle)).isEqualTo(whole);
        assertThat(sum(sum(middle, right), left)).isEqualTo(whole);
    }

    @Test
    void nothingIsNeutral() {
        byte[] some = encode(List.of(event(), event()));

        assertThat(sum(some, encode(List.of()))).isEqualTo(some);
    }

    @Test
    void unknownIsLeftOutAndNotCountedAsZero() {
        InferenceEvent unknown = new InferenceEvent();
        unknown.clear();
        InferenceEvent zero = new InferenceEvent();
        zero.clear();
        zero.inputTokens = 0;
        MeasureCursor cursor = new MeasureCursor();
        byte[] bytes = encode(List.of(unknown, zero, unknown));
        cursor.over(bytes, 0, bytes.length);

        List<String> known = new ArrayList<>();
        for (int i = 0; i < cursor.totals() + cursor.distributions(); i++) {
            cursor.next();
            ByteReader body = new ByteReader().over(bytes, cursor.bodyStart(), cursor.bodyLength());
            known.add(MeasureCatalog.all().get(cursor.position()).name() + "=" + body.readSigned() + "/"
                    + body.readSigned());
        }

        assertThat(cursor.events()).isEqualTo(3);
        assertThat(known).containsExactly("fallbacks=3/0", "unknown_version=3/0", "input_tokens=1/0");
    }

    @Test
    void lateEventsAreCountedBySize() {
        ByteWriter writer = new ByteWriter();
        log.append(event(), 0b000011, writer);
        log.append(event(), 0b000001, writer);
        log.append(event(), 0, writer);
        MeasureAccumulator accumulator = new MeasureAccumulator();
        log.fold(writer.toByteArray(), 0, writer.size(), accumulator);
        byte[] bytes = sum(accumulator.encode(), accumulator.encode());
        MeasureCursor cursor = new MeasureCursor();
        cursor.over(bytes, 0, bytes.length);

        assertThat(cursor.events()).isEqualTo(6);
        assertThat(List.of(cursor.late(0), cursor.late(1), cursor.late(2))).containsExactly(4L, 2L, 0L);
    }

    @Test
    void anUnknownVersionIsNamed() {
        byte[] bytes = encode(List.of(event()));
        bytes[0] = 9;

        assertThatThrownBy(() -> sum(bytes)).hasMessage("measures of version 9; this build reads version 1");
    }

    private InferenceEvent event() {
        InferenceEvent event = new InferenceEvent();
        event.clear();
        event.status = random.nextInt(4);
        event.inputTokens = random.nextInt(5_000);
        event.refused = random.nextInt(2);
        event.confidenceMicros = random.nextInt(1_000_000);
        if (random.nextBoolean()) {
            event.ttftMicros = random.nextInt(3) == 0 ? 0 : random.nextInt(100_000_000);
            event.costNanoUsd = random.nextLong(1_000_000_000_000L);
            event.queueMicros = -random.nextInt(3);
        }
        return event;
    }

    private byte[] encode(List<InferenceEvent> events) {
        ByteWriter writer = new ByteWriter();
        events.forEach(event -> log.append(event, 0, writer));
        MeasureAccumulator accumulator = new MeasureAccumulator();
        log.fold(writer.toByteArray(), 0, writer.size(), accumulator);
        return accumulator.encode();
    }

    private static byte[] sum(byte[]... parts) {
        MeasureAccumulator accumulator = new MeasureAccumulator();
        for (byte[] part : parts) {
            accumulator.add(part, 0, part.length);
        }
        return accumulator.encode();
    }
}
