package io.tidemark.benchmarks.traffic;

import io.tidemark.cli.demo.DemoTraffic;
import io.tidemark.contracts.InferenceIds;
import io.tidemark.contracts.avro.Trace;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.registry.AvroSerializer;
import io.tidemark.registry.SchemaRegistry;
import io.tidemark.registry.WireFormat;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Realistic traces whose first two fields, inference id and event time, are written anew for each trace; all the rest is
 * copied. The inference id of trace {@code n} ends in {@code n}.
 */
public final class TraceStamps {

    private static final int TEMPLATES = 2_000;
    private static final int ID_LENGTH = 32;
    private static final int MOST_VARINT_BYTES = 10;

    /** A trace without its first two fields. */
    private record Template(byte[] key, byte[] rest) {}

    private final List<Template> templates = new ArrayList<>();
    private final byte[] header;

    /** Writes the templates; registers the schema of traces. */
    public TraceStamps(SchemaRegistry registry, long seed) {
        AvroSerializer<Trace> serializer = new AvroSerializer<>(registry, TopicCatalogue.TRACES);
        byte[] first = null;
        List<Trace> traces =
                DemoTraffic.endingAt(Instant.parse("2026-01-02T12:00:00Z"), Duration.ofHours(1), TEMPLATES, seed)
                        .stream()
                        .toList();
        for (Trace trace : traces) {
            byte[] record = serializer.serialize(TopicCatalogue.TRACES.name(), trace);
            first = first == null ? record : first;
            byte[] key = InferenceIds.kafkaKey(trace.getTenant(), trace.getTraceId());
            templates.add(new Template(key, Arrays.copyOfRange(record, bodyAfterStamp(record, trace), record.length)));
        }
        header = Arrays.copyOf(first, WireFormat.HEADER_BYTES);
    }

    private static int bodyAfterStamp(byte[] record, Trace trace) {
        int idLength = trace.getInferenceId().getBytes(StandardCharsets.UTF_8).length;
        int position = WireFormat.HEADER_BYTES + varint(new byte[MOST_VARINT_BYTES], 0, idLength) + idLength;
        while ((record[position] & 0x80) != 0) {
            position++;
        }
        return position + 1;
    }

    /** Kafka key of trace {@code number}: that of its template, with the number, so that traces spread over partitions. */
    public byte[] key(long number) {
        byte[] key = template(number).key;
        byte[] digits = Long.toString(number).getBytes(StandardCharsets.UTF_8);
        byte[] unique = Arrays.copyOf(key, key.length + digits.length);
        System.arraycopy(digits, 0, unique, key.length, digits.length);
        return unique;
    }

    /** Record of trace {@code number} in the wire format, with an event time in microseconds since the epoch. */
    public byte[] record(long number, long eventTimeMicros) {
        byte[] rest = template(number).rest;
        byte[] record = new byte[WireFormat.HEADER_BYTES + 1 + ID_LENGTH + MOST_VARINT_BYTES + rest.length];
        System.arraycopy(header, 0, record, 0, WireFormat.HEADER_BYTES);
        int position = WireFormat.HEADER_BYTES;
        position += varint(record, position, ID_LENGTH);
        position = putId(record, position, number);
        position += varint(record, position, eventTimeMicros);
        System.arraycopy(rest, 0, record, position, rest.length);
        return Arrays.copyOf(record, position + rest.length);
    }

    /** Inference id of trace {@code number}. */
    public static String inferenceId(long number) {
        byte[] id = new byte[ID_LENGTH];
        putId(id, 0, number);
        return new String(id, StandardCharsets.US_ASCII);
    }

    private Template template(long number) {
        return templates.get((int) (number % templates.size()));
    }

    private static int putId(byte[] target, int position, long number) {
        long rest = number;
        for (int i = ID_LENGTH - 1; i >= 0; i--) {
            target[position + i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return position + ID_LENGTH;
    }

    /** Avro's variable-length, zig-zag form of a non-negative number. */
    private static int varint(byte[] target, int position, long value) {
        long rest = value << 1;
        int next = position;
        while (rest > 0x7f) {
            target[next++] = (byte) (rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        target[next++] = (byte) rest;
        return next - position;
    }
}
