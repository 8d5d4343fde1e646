package io.tidemark.benchmarks.alternative;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A slice level of the windows job, in SQL. */
enum Level {
    ALL,
    TENANT("tenant"),
    VERSION("version_id"),
    PROVIDER_KEY("provider", "provider_key_id"),
    TENANT_PROVIDER_KEY("tenant", "provider", "provider_key_id"),
    TENANT_VERSION("tenant", "version_id"),
    TENANT_VERSION_INTENT("tenant", "version_id", "intent");

    private final List<String> dimensions;

    Level(String... dimensions) {
        this.dimensions = List.of(dimensions);
    }

    String levelName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** One text for each slice, from the columns of raw traces or of windows: role and dimensions, unknown ones empty. */
    String slice() {
        String texts = dimensions.stream()
                .map(dimension -> ", lower(ifNull(toString(%s), ''))".formatted(dimension))
                .collect(Collectors.joining());
        return "arrayStringConcat(['%s', lower(toString(role))%s], '|')".formatted(levelName(), texts);
    }

    /** The columns of a user's own table that tell slices apart. */
    List<String> columns() {
        return Stream.concat(Stream.of("role"), dimensions.stream())
                .map(column -> "slice_" + column)
                .toList();
    }

    /** The same, computed from raw traces. */
    String columnsFromTraces() {
        return columns().stream()
                .map(column -> "ifNull(toString(%s), '') AS %s".formatted(column.substring("slice_".length()), column))
                .collect(Collectors.joining(", "));
    }

    /** As {@link #slice}, from the columns of a user's own table. */
    String sliceOfColumns() {
        String texts = columns().stream()
                .map(column -> ", lower(%s)".formatted(column))
                .collect(Collectors.joining());
        return "arrayStringConcat(['%s'%s], '|')".formatted(levelName(), texts);
    }
}
