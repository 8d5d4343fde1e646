package io.tidemark.jobs.windows;

import io.tidemark.contracts.trace.Dimension;
import java.io.Serializable;
import java.util.EnumSet;
import java.util.Set;

/**
 * A level of the slice lattice: which dimensions its slices fix. Every level slices by role.
 *
 * @param name name in rows and settings
 * @param dimensions the dimensions, role included
 */
public record SliceLevel(String name, Set<Dimension> dimensions) implements Serializable {

    public SliceLevel {
        if (!name.matches("[a-z][a-z0-9_]*")) {
            throw new IllegalArgumentException("level name '%s' is not snake_case".formatted(name));
        }
        EnumSet<Dimension> withRole = EnumSet.of(Dimension.ROLE);
        withRole.addAll(dimensions);
        dimensions = withRole;
    }

    /** The dimensions whose values a tenant can multiply: all but the tenant and the role. */
    Set<Dimension> cappedDimensions() {
        EnumSet<Dimension> capped = EnumSet.copyOf(dimensions);
        capped.remove(Dimension.TENANT);
        capped.remove(Dimension.ROLE);
        return capped;
    }

    /** Whether the slices of this level can be merged from those of a finer one, overflow included. */
    boolean derivesFrom(SliceLevel finer) {
        boolean isCoarser = finer.dimensions.size() > dimensions.size() && finer.dimensions.containsAll(dimensions);
        return isCoarser && (cappedDimensions().isEmpty() || cappedDimensions().equals(finer.cappedDimensions()));
    }
}
