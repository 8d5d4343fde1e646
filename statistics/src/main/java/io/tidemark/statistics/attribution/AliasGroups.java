package io.tidemark.statistics.attribution;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Sorts components into groups that the cells cannot tell apart. */
final class AliasGroups {

    private AliasGroups() {}

    /** Indexes of the components of each group, without those that never changed. */
    static List<List<Integer>> of(int components, List<VersionCell> cells) {
        Function<Integer, List<Boolean>> column = component ->
                cells.stream().map(cell -> cell.changed().get(component)).toList();
        List<List<Integer>> groups = new ArrayList<>();
        for (int component = 0; component < components; component++) {
            List<Boolean> flags = column.apply(component);
            if (flags.contains(true) && flags.contains(false)) {
                int index = component;
                groups.stream()
                        .filter(group -> column.apply(group.get(0)).equals(flags))
                        .findFirst()
                        .ifPresentOrElse(group -> group.add(index), () -> groups.add(new ArrayList<>(List.of(index))));
            }
        }
        return groups;
    }
}
