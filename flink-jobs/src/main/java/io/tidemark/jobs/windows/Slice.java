package io.tidemark.jobs.windows;

import io.tidemark.contracts.VersionTuple;
import io.tidemark.contracts.avro.TrafficRole;
import io.tidemark.contracts.trace.Dimension;

/**
 * A slice, read from its key.
 *
 * @param level name of its level
 * @param values text of each dimension by ordinal; null where the level does not slice by it, or where it is unknown
 * @param roleOrdinal ordinal of the role
 */
record Slice(String level, String[] values, int roleOrdinal) {

    String value(Dimension dimension) {
        return values[dimension.ordinal()];
    }

    TrafficRole role() {
        return TrafficRole.values()[roleOrdinal];
    }

    /** Whether this holds what was over the cap. */
    boolean isOverflow() {
        for (String value : values) {
            if (SliceKeys.OVERFLOW.equals(value)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the level slices by the version tuple. */
    boolean hasVersion() {
        return value(Dimension.BASE_MODEL) != null;
    }

    /**
     * Id of the version tuple; null where the level does not slice by it. Components that no tuple may hold are taken as
     * unknown, so that a careless producer gets a row and not a failed job.
     */
    VersionTuple version() {
        return new VersionTuple(
                component(Dimension.BASE_MODEL),
                component(Dimension.FINE_TUNE),
                component(Dimension.PROMPT),
                component(Dimension.TOOL_SCHEMA),
                component(Dimension.RETRIEVAL_INDEX),
                component(Dimension.EVAL_PASS),
                component(Dimension.SERVING));
    }

    private String component(Dimension dimension) {
        String text = value(dimension);
        boolean usable = text != null && !text.isEmpty() && text.chars().noneMatch(Character::isISOControl);
        return usable ? text : VersionTuple.UNKNOWN;
    }
}
