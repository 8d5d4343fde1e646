package io.tidemark.jobs.drift;

import io.tidemark.contracts.VersionTuple;
import io.tidemark.contracts.avro.SliceRef;
import io.tidemark.contracts.avro.TrafficRole;
import io.tidemark.contracts.trace.Dimension;
import io.tidemark.contracts.trace.Fingerprint;
import io.tidemark.contracts.trace.ProjectedTrace;
import io.tidemark.jobs.drift.profile.Profile;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The cells of the windows that are open in one task. A window keeps the baselines that were in force when it opened. */
final class OpenCells {

    private static final TrafficRole[] ROLES = TrafficRole.values();

    private final int mostCells;
    private final Map<String, CountingLayout> layouts = new HashMap<>();
    private final TreeMap<Long, OpenWindow> windows = new TreeMap<>();
    private long lastStart = Long.MIN_VALUE;
    private OpenWindow lastWindow;
    private int cells;
    private long overflowed;

    private record OpenWindow(BaselineBook.Active baselines, Map<Long, OpenCell> byKey) {}

    /** Counts of a cell in a window. */
    private static final class OpenCell {
        private final SliceRef cell;
        private final CountingLayout layout;
        private final int[] counts;
        private long traces;

        OpenCell(SliceRef cell, CountingLayout layout) {
            this.cell = cell;
            this.layout = layout;
            counts = new int[layout.size()];
        }
    }

    /** @param mostCells cells that are kept apart; traces of further ones count for their tenant only */
    OpenCells(int mostCells) {
        this.mostCells = mostCells;
    }

    /** Counts a trace in its window; a tenant without a baseline is not counted. */
    void add(ProjectedTrace trace, long windowStartMillis, BaselineBook.Active now) {
        if (windowStartMillis != lastStart || lastWindow == null) {
            lastStart = windowStartMillis;
            lastWindow = windows.computeIfAbsent(windowStartMillis, unused -> new OpenWindow(now, new HashMap<>()));
        }
        long key = Fingerprint.of(trace.key(), 0, trace.keyLength());
        OpenCell cell = lastWindow.byKey.get(key);
        if (cell == null) {
            cell = open(trace, key);
            if (cell == null) {
                return;
            }
        }
        cell.traces++;
        cell.layout.add(trace, cell.counts);
    }

    private OpenCell open(ProjectedTrace trace, long key) {
        String tenant = trace.text(Dimension.TENANT);
        Optional<Profile> profile = lastWindow.baselines.of(tenant);
        if (profile.isEmpty()) {
            return null;
        }
        TrafficRole role = ROLES[trace.event().role];
        boolean isOver = cells >= mostCells;
        SliceRef slice = isOver ? CellNames.overflowOf(tenant, role) : CellNames.of(tenant, version(trace), role);
        overflowed += isOver ? 1 : 0;
        long cellKey = isOver ? overflowKey(tenant, role) : key;
        return lastWindow.byKey.computeIfAbsent(cellKey, unused -> {
            cells++;
            return new OpenCell(slice, layout(profile.get()));
        });
    }

    private static long overflowKey(String tenant, TrafficRole role) {
        byte[] bytes = (role.name() + "|" + tenant).getBytes(StandardCharsets.UTF_8);
        return Fingerprint.of(bytes, 0, bytes.length);
    }

    private CountingLayout layout(Profile profile) {
        CountingLayout known = layouts.get(profile.head().id());
        if (known == null || known.profile() != profile) {
            known = new CountingLayout(profile);
            layouts.put(profile.head().id(), known);
        }
        return known;
    }

    private static VersionTuple version(ProjectedTrace trace) {
        return new VersionTuple(
                trace.text(Dimension.BASE_MODEL),
                trace.text(Dimension.FINE_TUNE),
                trace.text(Dimension.PROMPT),
                trace.text(Dimension.TOOL_SCHEMA),
                trace.text(Dimension.RETRIEVAL_INDEX),
                trace.text(Dimension.EVAL_PASS),
                trace.text(Dimension.SERVING));
    }

    /** Hands out the windows that end by a time, and forgets them. */
    void drain(long untilMillis, long windowMillis, long lastEventMillis, Consumer<MeasureCounts> target) {
        Iterator<Map.Entry<Long, OpenWindow>> open = windows.entrySet().iterator();
        while (open.hasNext()) {
            Map.Entry<Long, OpenWindow> window = open.next();
            if (untilMillis < Long.MAX_VALUE && window.getKey() + windowMillis > untilMillis) {
                return;
            }
            cells -= window.getValue().byKey.size();
            handOut(window.getKey(), window.getValue(), lastEventMillis, target);
            open.remove();
            lastWindow = null;
        }
    }

    /** Hands out everything that is open and keeps it. */
    void forEach(long lastEventMillis, Consumer<MeasureCounts> target) {
        windows.forEach((start, window) -> handOut(start, window, lastEventMillis, target));
    }

    private static void handOut(long start, OpenWindow window, long lastEventMillis, Consumer<MeasureCounts> target) {
        for (OpenCell cell : window.byKey.values()) {
            Profile profile = cell.layout.profile();
            for (int i = 0; i < profile.layouts().size(); i++) {
                target.accept(new MeasureCounts(
                        profile.layouts().get(i).name(),
                        profile.head().id(),
                        start,
                        cell.cell,
                        cell.layout.measure(i, cell.counts, cell.traces),
                        lastEventMillis));
            }
        }
    }

    int size() {
        return cells;
    }

    /** Cells that were not kept apart. */
    long overflowed() {
        return overflowed;
    }
}
