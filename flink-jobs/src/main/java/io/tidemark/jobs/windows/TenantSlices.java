package io.tidemark.jobs.windows;

import io.tidemark.jobs.measures.ByteReader;
import io.tidemark.jobs.measures.ByteWriter;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The slices that a tenant has been given, level by level, with the hour in which each was last seen. A slice that was not
 * seen for a day frees its place: by then none of its windows is open.
 */
final class TenantSlices {

    private static final int VERSION = 1;
    private static final int HOURS_KEPT = 25;

    private final Map<String, Map<String, Integer>> hoursByLevel = new HashMap<>();
    private int checkedHour = Integer.MIN_VALUE;

    /** Gives a slice a place; false when the level is full. */
    boolean admit(String level, String slice, int hour, int cap) {
        Map<String, Integer> slices = hoursByLevel.computeIfAbsent(level, unused -> new HashMap<>());
        Integer seen = slices.get(slice);
        if (seen == null && slices.size() >= cap && checkedHour < hour) {
            checkedHour = hour;
            hoursByLevel.values().forEach(all -> all.values().removeIf(last -> last < hour - HOURS_KEPT));
        }
        if (seen == null && slices.size() >= cap) {
            return false;
        }
        if (seen == null || seen < hour) {
            slices.put(slice, hour);
        }
        return true;
    }

    /** Last hour in which any slice was seen. */
    int lastHour() {
        return hoursByLevel.values().stream()
                .flatMap(slices -> slices.values().stream())
                .mapToInt(Integer::intValue)
                .max()
                .orElse(Integer.MIN_VALUE);
    }

    /** One record of state, version 1. */
    byte[] toBytes() {
        ByteWriter writer = new ByteWriter();
        writer.writeByte(VERSION);
        writer.writeUnsigned(hoursByLevel.size());
        hoursByLevel.forEach((level, slices) -> {
            write(level, writer);
            writer.writeUnsigned(slices.size());
            slices.forEach((slice, hour) -> {
                write(slice, writer);
                writer.writeSigned(hour);
            });
        });
        return writer.toByteArray();
    }

    static TenantSlices fromBytes(byte[] bytes) {
        ByteReader reader = new ByteReader().over(bytes, 0, bytes.length);
        int version = reader.readByte();
        if (version != VERSION) {
            throw new IllegalStateException(
                    "slices of a tenant have version %d; this build reads version %d".formatted(version, VERSION));
        }
        TenantSlices restored = new TenantSlices();
        long levels = reader.readUnsigned();
        for (long i = 0; i < levels; i++) {
            Map<String, Integer> slices = new HashMap<>();
            restored.hoursByLevel.put(read(reader, bytes), slices);
            long count = reader.readUnsigned();
            for (long j = 0; j < count; j++) {
                String slice = read(reader, bytes);
                slices.put(slice, (int) reader.readSigned());
            }
        }
        return restored;
    }

    private static void write(String text, ByteWriter writer) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        writer.writeUnsigned(bytes.length);
        writer.writeBytes(bytes, 0, bytes.length);
    }

    private static String read(ByteReader reader, byte[] bytes) {
        int length = (int) reader.readUnsigned();
        String text = new String(bytes, reader.position(), length, StandardCharsets.ISO_8859_1);
        reader.skip(length);
        return text;
    }
}
