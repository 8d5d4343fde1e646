package io.tidemark.jobs.drift;

import io.tidemark.contracts.alert.SliceKey;
import io.tidemark.jobs.drift.MeasureBook.Closed;
import io.tidemark.jobs.drift.MeasureBook.Entry;
import io.tidemark.jobs.drift.detector.DriftDetector;
import io.tidemark.jobs.drift.detector.DriftDetectors;
import io.tidemark.jobs.drift.profile.MeasureLayout;
import io.tidemark.jobs.drift.profile.Profile;
import io.tidemark.jobs.windows.SliceLattice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** All tests of one measure on a window that has closed: against the frozen baseline, and against the window before. */
final class WindowTests {

    private final String measure;
    private final SliceLattice lattice;

    WindowTests(String measure, SliceLattice lattice) {
        this.measure = measure;
        this.lattice = lattice;
    }

    List<DriftTest> of(Closed window, BaselineBook book) {
        List<DriftTest> tests = new ArrayList<>();
        Map<String, List<Entry>> byBaseline = byBaseline(window.cells());
        byBaseline.forEach((id, cells) -> book.profile(id).ifPresent(profile -> {
            int index = profile.indexOf(measure);
            if (index < 0) {
                return;
            }
            MeasureLayout layout = profile.layouts().get(index);
            if (profile.head().allows(window.startMillis())) {
                tests.addAll(tests(layout, window, id, against(cells, frozen(profile, index))));
            }
            Optional<List<Entry>> previous =
                    window.previous().map(each -> byBaseline(each).getOrDefault(id, List.of()));
            previous.filter(each -> !each.isEmpty())
                    .ifPresent(each -> tests.addAll(tests(layout, window, "", against(cells, each))));
        }));
        return tests;
    }

    private List<DriftTest> tests(MeasureLayout layout, Closed window, String baselineId, List<CellCounts> cells) {
        SliceTests.Window compared = new SliceTests.Window(window.startMillis(), window.seconds(), baselineId);
        List<DriftTest> tests = new ArrayList<>();
        for (DriftDetector detector : DriftDetectors.all()) {
            if (detector.appliesTo(layout)) {
                tests.addAll(new SliceTests(layout, detector, compared, lattice).over(cells));
            }
        }
        return tests;
    }

    private static Map<String, List<Entry>> byBaseline(List<Entry> cells) {
        return cells.stream().collect(Collectors.groupingBy(Entry::baselineId, TreeMap::new, Collectors.toList()));
    }

    private static List<Entry> frozen(Profile profile, int index) {
        return profile.cells().stream()
                .map(cell -> new Entry(profile.head().id(), cell.slice(), cell.counts()[index]))
                .toList();
    }

    /** Each cell of either side, with zeros where one side has none. */
    private static List<CellCounts> against(List<Entry> current, List<Entry> baseline) {
        Map<String, Entry> before = new HashMap<>();
        baseline.forEach(entry -> before.put(SliceKey.of(entry.cell()), entry));
        Map<String, CellCounts> cells = new TreeMap<>();
        for (Entry now : current) {
            String key = SliceKey.of(now.cell());
            Entry known = before.remove(key);
            long[] counts = known == null ? new long[now.counts().length] : known.counts();
            cells.put(key, new CellCounts(now.cell(), now.counts(), counts));
        }
        before.forEach((key, gone) ->
                cells.put(key, new CellCounts(gone.cell(), new long[gone.counts().length], gone.counts())));
        return List.copyOf(cells.values());
    }
}
