package io.tidemark.sink.table;

import java.util.Map;
import java.util.Set;

/**
 * How a contract's fields become columns, where the default (a column of the field's name) is not wanted.
 *
 * @param prefixes for a nested record, by its dotted path: what its columns' names begin with instead of the path
 * @param dictionary columns of few distinct strings
 * @param emptyForNull string columns in which a null becomes the empty string, because they belong to the sorting key
 * @param kept top-level fields that are stored; empty for all
 * @param skipped paths that are not stored
 */
record MappingRules(
        Map<String, String> prefixes,
        Set<String> dictionary,
        Set<String> emptyForNull,
        Set<String> kept,
        Set<String> skipped) {

    MappingRules {
        prefixes = Map.copyOf(prefixes);
        dictionary = Set.copyOf(dictionary);
        emptyForNull = Set.copyOf(emptyForNull);
        kept = Set.copyOf(kept);
        skipped = Set.copyOf(skipped);
    }

    boolean stores(String path) {
        String top = path.contains(".") ? path.substring(0, path.indexOf('.')) : path;
        return (kept.isEmpty() || kept.contains(top)) && !skipped.contains(path);
    }
}
