package io.tidemark.jobs.canary;

import io.tidemark.contracts.VersionTuple;
import io.tidemark.contracts.avro.TrafficRole;
import io.tidemark.contracts.trace.Dimension;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;

/**
 * Slice of a cell: tenant, version tuple and role.
 *
 * @param tenant tenant
 * @param version version tuple
 * @param role part of the traffic
 */
record ArmSlice(String tenant, VersionTuple version, TrafficRole role) {

    /** What the cells are sliced by. */
    static final Set<Dimension> DIMENSIONS = dimensions();

    private static final int SEVEN_BITS = 0x7F;
    private static final int CONTINUES = 0x80;

    private static Set<Dimension> dimensions() {
        EnumSet<Dimension> dimensions = EnumSet.range(Dimension.BASE_MODEL, Dimension.SERVING);
        dimensions.add(Dimension.TENANT);
        dimensions.add(Dimension.ROLE);
        return dimensions;
    }

    /** Reads a slice key, as {@link io.tidemark.contracts.trace.SliceKeyFormat} describes it. */
    static ArmSlice parse(byte[] key) {
        Cursor cursor = new Cursor(key);
        String tenant = cursor.text();
        String[] components = new String[VersionTuple.COMPONENT_NAMES.size()];
        for (int i = 0; i < components.length; i++) {
            components[i] = cursor.text();
        }
        int role = cursor.length() == 1 ? key[cursor.position] : 0;
        VersionTuple version = new VersionTuple(
                components[0],
                components[1],
                components[2],
                components[3],
                components[4],
                components[5],
                components[6]);
        return new ArmSlice(tenant, version, TrafficRole.values()[role]);
    }

    /** Walks over the parts of a key. */
    private static final class Cursor {
        private final byte[] key;
        private int position;

        Cursor(byte[] key) {
            this.key = key;
        }

        int length() {
            int value = 0;
            int shift = 0;
            while ((key[position] & CONTINUES) != 0) {
                value |= (key[position++] & SEVEN_BITS) << shift;
                shift += 7;
            }
            return (value | key[position++] << shift) - 1;
        }

        String text() {
            int length = length();
            if (length < 0) {
                return VersionTuple.UNKNOWN;
            }
            String text = new String(key, position, length, StandardCharsets.UTF_8);
            position += length;
            return text;
        }
    }
}
