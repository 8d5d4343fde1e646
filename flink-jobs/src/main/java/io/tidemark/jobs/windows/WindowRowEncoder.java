package io.tidemark.jobs.windows;

import io.tidemark.contracts.measure.Measure;
import io.tidemark.contracts.measure.MeasureCatalog;
import io.tidemark.contracts.trace.Dimension;
import io.tidemark.jobs.measures.ByteWriter;
import io.tidemark.jobs.measures.MeasureCursor;
import io.tidemark.jobs.runtime.OutputRecord;
import io.tidemark.registry.WireFormat;
import io.tidemark.statistics.histogram.LogGrid;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes window rows as Avro {@code WindowRow} in the wire format: what a slice has in common and the bodies of its measures
 * are copied as they are. Through the generated class the same row costs many times as much. A test holds it equal to what the Avro library reads.
 */
final class WindowRowEncoder {

    private static final long MICROS_PER_MILLI = 1_000;
    private static final int NULL_BRANCH = 0;
    private static final int VALUE_BRANCH = 1;
    private static final double ALL_TRAFFIC = 1.0;
    private static final int CACHED_SLICES = 65_536;

    /** What all rows of a slice have in common. */
    private record Common(byte[] key, byte[] head, byte[] tail) {}

    private final String topic;
    private final Limits limits;
    private final byte[] header = new byte[WireFormat.HEADER_BYTES];
    /** Names of the measures with their lengths, as Avro writes the keys of a map. */
    private final byte[][] names;

    private final Map<String, Common> slices = new HashMap<>();
    private final MeasureCursor cursor = new MeasureCursor();
    private final ByteWriter row = new ByteWriter();

    WindowRowEncoder(String topic, int schemaId, Limits limits) {
        this.topic = topic;
        this.limits = limits;
        WireFormat.writeHeader(header, schemaId);
        List<Measure> measures = MeasureCatalog.all();
        names = new byte[measures.size()][];
        for (int i = 0; i < names.length; i++) {
            ByteWriter name = new ByteWriter();
            writeText(name, utf8(measures.get(i).name()));
            names[i] = name.toByteArray();
        }
    }

    /** A row of a window, from encoded measures in {@code bytes[offset, end)}. */
    OutputRecord encode(String slice, int size, long startMillis, boolean isFinal, byte[] bytes, int offset) {
        Common common = common(slice);
        cursor.over(bytes, offset, bytes.length - offset);
        row.clear();
        row.writeBytes(header, 0, header.length);
        row.writeBytes(common.head, 0, common.head.length);
        row.writeSigned(startMillis * MICROS_PER_MILLI);
        row.writeSigned(WindowSizes.seconds(size));
        row.writeSigned(cursor.events());
        row.writeByte(isFinal ? 1 : 0);
        row.writeSigned(cursor.events());
        row.writeSigned(cursor.late(size));
        row.writeBytes(common.tail, 0, common.tail.length);
        writeBlock(cursor.totals(), bytes);
        writeBlock(cursor.distributions(), bytes);
        return OutputRecord.of(topic, key(common, size, startMillis), row.toByteArray());
    }

    private static byte[] key(Common common, int size, long startMillis) {
        String window = WindowSizes.seconds(size) + "|" + startMillis * MICROS_PER_MILLI;
        byte[] key = new byte[common.key.length + window.length()];
        System.arraycopy(common.key, 0, key, 0, common.key.length);
        byte[] ascii = window.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(ascii, 0, key, common.key.length, ascii.length);
        return key;
    }

    private void writeBlock(int count, byte[] measures) {
        if (count > 0) {
            row.writeSigned(count);
        }
        for (int i = 0; i < count; i++) {
            cursor.next();
            byte[] name = names[cursor.position()];
            row.writeBytes(name, 0, name.length);
            row.writeBytes(measures, cursor.bodyStart(), cursor.bodyLength());
        }
        row.writeSigned(0);
    }

    private Common common(String key) {
        Common known = slices.get(key);
        if (known == null) {
            if (slices.size() >= CACHED_SLICES) {
                slices.clear();
            }
            known = common(SliceKeys.parse(key));
            slices.put(key, known);
        }
        return known;
    }

    private Common common(Slice slice) {
        String versionId = slice.hasVersion() ? slice.version().versionId() : null;
        return new Common(kafkaKey(slice, versionId), head(slice, versionId), tail(slice));
    }

    private static byte[] kafkaKey(Slice slice, String versionId) {
        StringBuilder key = new StringBuilder(slice.level());
        key.append('|').append(slice.role().name().toLowerCase(Locale.ROOT));
        append(key, slice.value(Dimension.TENANT));
        append(key, versionId);
        append(key, slice.value(Dimension.INTENT));
        append(key, slice.value(Dimension.PROVIDER));
        append(key, slice.value(Dimension.PROVIDER_KEY));
        append(key, slice.value(Dimension.REGION));
        append(key, slice.value(Dimension.COHORT));
        return key.append('|').toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void append(StringBuilder key, String part) {
        key.append('|').append(part == null ? "" : part);
    }

    private static byte[] head(Slice slice, String versionId) {
        ByteWriter target = new ByteWriter();
        writeText(target, utf8(slice.level()));
        writeNullable(target, slice.value(Dimension.TENANT));
        writeNullable(target, versionId);
        if (slice.hasVersion()) {
            target.writeSigned(VALUE_BRANCH);
            slice.version().components().forEach(component -> writeText(target, utf8(component)));
        } else {
            target.writeSigned(NULL_BRANCH);
        }
        writeNullable(target, slice.value(Dimension.INTENT));
        target.writeSigned(slice.role().ordinal());
        writeNullable(target, slice.value(Dimension.PROVIDER));
        writeNullable(target, slice.value(Dimension.PROVIDER_KEY));
        writeNullable(target, slice.value(Dimension.REGION));
        writeNullable(target, slice.value(Dimension.COHORT));
        return target.toByteArray();
    }

    private byte[] tail(Slice slice) {
        ByteWriter target = new ByteWriter();
        Limits.Limit limit = limits.of(slice);
        target.writeDouble(ALL_TRAFFIC);
        target.writeByte(slice.isOverflow() ? 1 : 0);
        writeNullable(target, limit.tokensPerMinute());
        writeNullable(target, limit.requestsPerMinute());
        writeText(target, utf8(LogGrid.ID));
        return target.toByteArray();
    }

    private static void writeNullable(ByteWriter target, Long value) {
        target.writeSigned(value == null ? NULL_BRANCH : VALUE_BRANCH);
        if (value != null) {
            target.writeSigned(value);
        }
    }

    private static void writeNullable(ByteWriter target, String text) {
        target.writeSigned(text == null ? NULL_BRANCH : VALUE_BRANCH);
        if (text != null) {
            writeText(target, utf8(text));
        }
    }

    private static void writeText(ByteWriter target, byte[] text) {
        target.writeSigned(text.length);
        target.writeBytes(text, 0, text.length);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
