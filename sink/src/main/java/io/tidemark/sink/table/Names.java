package io.tidemark.sink.table;

import io.tidemark.contracts.VersionTuple;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Names of columns that several tables share. */
final class Names {

    /** What traffic is sliced by, as far as it is text. */
    static final Set<String> DIMENSIONS = dimensions();

    private Names() {}

    static Set<String> dimensionsAnd(String... more) {
        Set<String> names = new HashSet<>(DIMENSIONS);
        names.addAll(List.of(more));
        return names;
    }

    private static Set<String> dimensions() {
        Set<String> names = new HashSet<>(VersionTuple.COMPONENT_NAMES);
        names.addAll(List.of("tenant", "version_id", "intent", "provider", "provider_key_id", "region", "cohort"));
        return Set.copyOf(names);
    }
}
