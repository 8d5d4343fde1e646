package io.tidemark.jobs.windows;

import io.tidemark.contracts.trace.Dimension;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The slice levels of a job, finest first. A level is merged from the smallest finer level that loses nothing, or from
 * the increments of the events.
 *
 * @param levels the levels, finest first
 */
public record SliceLattice(List<SliceLevel> levels) implements Serializable {

    /** The levels that Tidemark has unless it is told otherwise; {@code version} stands for all seven components. */
    public static final String STANDARD = "tenant_version_intent=tenant+version+intent;tenant_version=tenant+version;"
            + "tenant_provider_key=tenant+provider+provider_key_id;provider_key=provider+provider_key_id;"
            + "version=version;tenant=tenant;all=";

    private static final String VERSION = "version";

    public SliceLattice {
        levels = levels.stream()
                .sorted(Comparator.comparingInt(
                        (SliceLevel level) -> -level.dimensions().size()))
                .toList();
        long names = levels.stream().map(SliceLevel::name).distinct().count();
        if (levels.isEmpty() || names < levels.size()) {
            throw new IllegalArgumentException("a lattice needs at least one level, each with a name of its own");
        }
    }

    /**
     * Reads the setting: {@code name=dimension+dimension;name=...}.
     *
     * @throws IllegalArgumentException when a dimension is unknown; the message lists them
     */
    public static SliceLattice parse(String setting) {
        List<SliceLevel> levels = new ArrayList<>();
        for (String level : setting.split(";", -1)) {
            String[] sides = level.strip().split("=", -1);
            if (sides.length != 2) {
                throw new IllegalArgumentException(
                        "slice level '%s' must look like name=dimension+dimension".formatted(level));
            }
            levels.add(new SliceLevel(sides[0].strip(), dimensions(sides[1])));
        }
        return new SliceLattice(levels);
    }

    private static Set<Dimension> dimensions(String names) {
        EnumSet<Dimension> dimensions = EnumSet.noneOf(Dimension.class);
        for (String name : names.split("\\+", -1)) {
            if (name.isBlank()) {
                continue;
            }
            if (name.strip().equals(VERSION)) {
                dimensions.addAll(EnumSet.range(Dimension.BASE_MODEL, Dimension.SERVING));
            } else {
                dimensions.add(dimension(name.strip()));
            }
        }
        return dimensions;
    }

    private static Dimension dimension(String name) {
        return Arrays.stream(Dimension.values())
                .filter(dimension -> dimension.fieldName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no dimension '%s'; known are version, %s"
                        .formatted(
                                name,
                                Arrays.stream(Dimension.values())
                                        .map(Dimension::fieldName)
                                        .collect(Collectors.joining(", ")))));
    }

    /** Every dimension that some level slices by: what an event is aggregated by first. */
    public Set<Dimension> keyDimensions() {
        EnumSet<Dimension> all = EnumSet.of(Dimension.TENANT, Dimension.ROLE);
        levels.forEach(level -> all.addAll(level.dimensions()));
        return all;
    }

    /** Index of the level that a level is merged from; empty when it is merged from the events' increments. */
    Optional<Integer> sourceOf(int level) {
        for (int finer = level - 1; finer >= 0; finer--) {
            if (levels.get(level).derivesFrom(levels.get(finer))) {
                return Optional.of(finer);
            }
        }
        return Optional.empty();
    }
}
