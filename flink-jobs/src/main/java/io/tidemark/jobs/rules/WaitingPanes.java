package io.tidemark.jobs.rules;

import io.tidemark.contracts.avro.WindowRow;
import io.tidemark.registry.AvroDeserializer;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.api.common.state.MapState;

/**
 * The rows that wait for their tick: the rows themselves in the keyed state of their tenant, their names in memory. Of a pane
 * the first row stays.
 */
final class WaitingPanes {

    private static final char SEPARATOR = '|';

    private final MapState<String, byte[]> stored;
    private final AvroDeserializer<WindowRow> rows;

    /** Names of the rows, by the tick that they wait for and by their tenant. */
    private final TreeMap<Long, TreeMap<String, SortedSet<String>>> names = new TreeMap<>();

    WaitingPanes(MapState<String, byte[]> stored, AvroDeserializer<WindowRow> rows) {
        this.stored = stored;
        this.rows = rows;
    }

    void restore(String group, Iterable<String> restored) {
        for (String name : restored) {
            await(group, Long.parseLong(name.substring(0, name.indexOf(SEPARATOR))), name);
        }
    }

    private void await(String group, long endMillis, String name) {
        names.computeIfAbsent(endMillis, unused -> new TreeMap<>())
                .computeIfAbsent(group, unused -> new TreeSet<>())
                .add(name);
    }

    /** Keeps a row of the current tenant, unless the pane has one. */
    void add(PaneRow pane) throws Exception {
        WindowRow row = rows.deserialize("", pane.row());
        String name = pane.endMillis() + String.valueOf(SEPARATOR) + SliceName.text(SliceName.of(row));
        if (!stored.contains(name)) {
            stored.put(name, pane.row());
            await(pane.group(), pane.endMillis(), name);
        }
    }

    boolean isEmpty() {
        return names.isEmpty();
    }

    /** The first tick that a row waits for. */
    long first() {
        return names.firstKey();
    }

    /** The last tick that a row waits for. */
    long last() {
        return names.lastKey();
    }

    /** Names of the rows of a tick by their tenants; they do not wait any longer. */
    SortedMap<String, SortedSet<String>> due(long tickMillis) {
        SortedMap<String, SortedSet<String>> due = names.remove(tickMillis);
        return due == null ? new TreeMap<>() : due;
    }

    /** Takes rows of the current tenant out of the state. */
    List<WindowRow> take(SortedSet<String> due) throws Exception {
        List<WindowRow> taken = new ArrayList<>();
        for (String name : due) {
            taken.add(rows.deserialize("", stored.get(name)));
            stored.remove(name);
        }
        return taken;
    }
}
