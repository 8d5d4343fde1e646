package io.tidemark.jobs.windows;

import io.tidemark.contracts.trace.Dimension;
import io.tidemark.contracts.trace.SliceKeyFormat;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Slice keys as strings of one character for each byte, so that Flink can hash and write them without a type of ours.
 * The key of a level is its name and then every dimension, empty where the level does not slice by it: it can be read
 * without knowing how the lattice was configured when it was written.
 */
final class SliceKeys {

    /** Value of the dimensions of what is over a tenant's cap. */
    static final String OVERFLOW = "__overflow__";

    private static final Dimension[] DIMENSIONS = Dimension.values();
    private static final Set<Dimension> EVERY_DIMENSION = EnumSet.allOf(Dimension.class);
    private static final String ABSENT = "\0";
    private static final int LENGTH_BYTES = 5;

    private SliceKeys() {}

    /** The dimensions in the key of an increment, each as it is written there, with its length. */
    static Map<Dimension, String> split(String key, Set<Dimension> dimensions) {
        Map<Dimension, String> parts = new EnumMap<>(Dimension.class);
        int position = 0;
        for (Dimension dimension : dimensions) {
            int end = end(key, position);
            parts.put(dimension, key.substring(position, end));
            position = end;
        }
        return parts;
    }

    /** The first part of the key of an increment: its tenant. */
    static String tenantOf(String key) {
        return key.substring(0, end(key, 0));
    }

    /** Key of the slice of a level that an increment belongs to. */
    static String ofLevel(SliceLevel level, Map<Dimension, String> parts, boolean overflow) {
        StringBuilder key = new StringBuilder(part(level.name()));
        for (Dimension dimension : DIMENSIONS) {
            if (!level.dimensions().contains(dimension)) {
                key.append(ABSENT);
            } else if (overflow && level.cappedDimensions().contains(dimension)) {
                key.append(part(OVERFLOW));
            } else {
                key.append(parts.getOrDefault(dimension, ABSENT));
            }
        }
        return key.toString();
    }

    /** Key of the slice of a coarser level that holds the slice of a finer level. */
    static String coarser(SliceLevel level, String finerKey) {
        return ofLevel(level, split(finerKey.substring(end(finerKey, 0)), EVERY_DIMENSION), false);
    }

    /** Reads the key of a level. */
    static Slice parse(String key) {
        int afterName = end(key, 0);
        String[] values = new String[DIMENSIONS.length];
        int role = 0;
        int position = afterName;
        for (Dimension dimension : DIMENSIONS) {
            int end = end(key, position);
            if (dimension == Dimension.ROLE) {
                role = end - position > 1 ? key.charAt(end - 1) : 0;
            } else {
                values[dimension.ordinal()] = text(key, position, end);
            }
            position = end;
        }
        return new Slice(text(key, 0, afterName), values, role);
    }

    private static String text(String key, int start, int end) {
        int length = length(key, start);
        return length < 0
                ? null
                : new String(
                        key.substring(end - length, end).getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private static int end(String key, int start) {
        int position = start;
        while ((key.charAt(position) & 0x80) != 0) {
            position++;
        }
        return position + 1 + Math.max(length(key, start), 0);
    }

    private static int length(String key, int start) {
        int value = 0;
        int position = start;
        int shift = 0;
        while ((key.charAt(position) & 0x80) != 0) {
            value |= (key.charAt(position++) & 0x7F) << shift;
            shift += 7;
        }
        return (value | key.charAt(position) << shift) - 1;
    }

    private static String part(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        byte[] target = new byte[bytes.length + LENGTH_BYTES];
        int position = SliceKeyFormat.writeLength(target, 0, bytes.length);
        System.arraycopy(bytes, 0, target, position, bytes.length);
        return new String(target, 0, position + bytes.length, StandardCharsets.ISO_8859_1);
    }
}
