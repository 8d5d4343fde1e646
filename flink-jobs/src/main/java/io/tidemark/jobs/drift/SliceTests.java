package io.tidemark.jobs.drift;

import io.tidemark.contracts.alert.SliceKey;
import io.tidemark.contracts.avro.DriftShare;
import io.tidemark.contracts.avro.SliceRef;
import io.tidemark.jobs.drift.detector.DriftDetector;
import io.tidemark.jobs.drift.profile.MeasureLayout;
import io.tidemark.jobs.windows.SliceLattice;
import io.tidemark.jobs.windows.SliceLevel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The tests of one detector on one measure and window, over every slice of the lattice. */
final class SliceTests {

    private static final int MOST_MEMBERS = 20;
    private static final int MOST_TOPICS = 5;
    private static final double LEAST_TOPIC_MOVE = 0.01;

    /** A p-value above which nobody asks who else moved. */
    private static final double INTERESTING = 0.05;

    private final MeasureLayout measure;
    private final DriftDetector detector;
    private final Window window;
    private final SliceLattice lattice;

    /**
     * What is compared.
     *
     * @param startMillis inclusive start
     * @param seconds length
     * @param baselineId frozen baseline; empty for the previous window
     */
    record Window(long startMillis, int seconds, String baselineId) {}

    SliceTests(MeasureLayout measure, DriftDetector detector, Window window, SliceLattice lattice) {
        this.measure = measure;
        this.detector = detector;
        this.window = window;
        this.lattice = lattice;
    }

    /** A cell with the counts that the detector looks at. */
    private record Selected(SliceRef cell, long[] current, long[] baseline, String source, long[] sourceCounts) {}

    /** A slice with its cells. */
    private static final class Group {
        private final SliceRef slice;
        private final List<Selected> cells = new ArrayList<>();

        Group(SliceRef slice) {
            this.slice = slice;
        }
    }

    /** All tests; slices without traffic in the window have none. */
    List<DriftTest> over(List<CellCounts> cells) {
        List<Selected> selected = selected(cells);
        List<DriftTest> tests = new ArrayList<>();
        for (SliceLevel level : lattice.levels()) {
            Map<String, Group> groups = new TreeMap<>();
            for (Selected cell : selected) {
                CellNames.sliceOf(level, cell.cell)
                        .ifPresent(slice -> groups.computeIfAbsent(SliceKey.of(slice), unused -> new Group(slice))
                                .cells
                                .add(cell));
            }
            for (Group group : groups.values()) {
                test(group, selected, tests);
            }
        }
        return tests;
    }

    /** A cell that the baseline hardly saw, for example of a new version, is compared with its tenant. */
    private List<Selected> selected(List<CellCounts> cells) {
        Map<String, long[]> tenants = new HashMap<>();
        for (CellCounts cell : cells) {
            long[] baseline = detector.select(measure, cell.baseline());
            tenants.merge(tenant(cell.cell()), baseline, SliceTests::plus);
        }
        List<Selected> selected = new ArrayList<>();
        for (CellCounts cell : cells) {
            long[] current = detector.select(measure, cell.current());
            long[] baseline = detector.select(measure, cell.baseline());
            long[] tenant = tenants.get(tenant(cell.cell()));
            boolean isKnown = Mixture.sum(baseline) >= DriftDetector.MINIMUM;
            boolean tenantIsKnown = Mixture.sum(tenant) >= DriftDetector.MINIMUM;
            String source = isKnown ? SliceKey.of(cell.cell()) : tenant(cell.cell());
            selected.add(new Selected(
                    cell.cell(), current, baseline, source, isKnown ? baseline : tenantIsKnown ? tenant : null));
        }
        return selected;
    }

    private static String tenant(SliceRef cell) {
        return cell.getRole() + "|" + cell.getTenant();
    }

    private void test(Group group, List<Selected> all, List<DriftTest> tests) {
        int places = detector.select(measure, new long[measure.size()]).length;
        long[] current = new long[places];
        long[] own = new long[places];
        Mixture mixture = new Mixture(places);
        for (Selected cell : group.cells) {
            add(current, cell.current);
            add(own, cell.baseline);
            mixture.add(cell.source, cell.sourceCounts, cell.current);
        }
        long n = Mixture.sum(current);
        if (n == 0) {
            return;
        }
        boolean hasOwn = Mixture.sum(own) >= DriftDetector.MINIMUM;
        boolean isNew = !hasOwn && mixture.coversMost();
        long[] baseline = isNew ? mixture.baseline() : own;
        long[] compared = isNew ? mixture.current() : current;
        if (n < DriftDetector.MINIMUM || !hasOwn && !isNew || Mixture.sum(compared) < DriftDetector.MINIMUM) {
            if (detector.tellsInsufficient()) {
                tests.add(insufficient(group, n, Mixture.sum(own)));
            }
            return;
        }
        Comparison found = detector.compare(measure, baseline, compared);
        if (!detector.tellsInsufficient() && found.pValue() == 1) {
            return;
        }
        tests.add(tested(group, all, mixture, baseline, compared, found));
    }

    private DriftTest tested(
            Group group, List<Selected> all, Mixture mixture, long[] baseline, long[] current, Comparison found) {
        boolean isInteresting = found.isMove(INTERESTING, detector.warnSize());
        List<DriftMember> members = isInteresting ? members(group) : List.of();
        Comparison within = Comparison.NONE;
        Comparison rest = Comparison.NONE;
        Comparison beyond = Comparison.NONE;
        if (isInteresting) {
            within = members.size() > 1 ? compare(mixture.baseline(), mixture.current()) : Comparison.NONE;
            Mixture others = others(group, all);
            rest = compare(others.baseline(), others.current());
            if (rest.isKnown()) {
                long[] from = members.size() > 1 ? mixture.baseline() : baseline;
                long[] now = members.size() > 1 ? mixture.current() : current;
                beyond = compare(Mixture.moved(from, others.baseline(), others.current()), now);
            }
        }
        List<DriftShare> shares = detector.shares(measure, baseline, current);
        return new DriftTest(
                detector.kind(measure),
                detector.testName(measure),
                group.slice,
                window.startMillis(),
                window.seconds(),
                window.baselineId(),
                Mixture.sum(current),
                Mixture.sum(baseline),
                "",
                detector.effectName(),
                detector.warnSize(),
                detector.investigateSize(),
                found,
                within,
                rest,
                beyond,
                members,
                shares,
                isInteresting ? movedMost(shares) : List.of(),
                List.of(),
                "",
                1,
                TextScores.NONE);
    }

    private Comparison compare(long[] baseline, long[] current) {
        boolean isEnough =
                Mixture.sum(baseline) >= DriftDetector.MINIMUM && Mixture.sum(current) >= DriftDetector.MINIMUM;
        return isEnough ? detector.compare(measure, baseline, current) : Comparison.NONE;
    }

    /** Everything of the same role that is not in the slice. */
    private Mixture others(Group group, List<Selected> all) {
        Mixture others = new Mixture(detector.select(measure, new long[measure.size()]).length);
        Set<Selected> inside = Collections.newSetFromMap(new IdentityHashMap<>());
        inside.addAll(group.cells);
        for (Selected cell : all) {
            if (cell.cell.getRole() == group.slice.getRole() && !inside.contains(cell)) {
                others.add(cell.source, cell.sourceCounts, cell.current);
            }
        }
        return others;
    }

    private static List<DriftMember> members(Group group) {
        Map<String, DriftMember> byTenant = new TreeMap<>();
        for (Selected cell : group.cells) {
            byTenant.merge(
                    cell.cell.getTenant(),
                    new DriftMember(cell.cell.getTenant(), Mixture.sum(cell.current), Mixture.sum(cell.baseline)),
                    (left, right) ->
                            new DriftMember(left.tenant(), left.n() + right.n(), left.baselineN() + right.baselineN()));
        }
        double n =
                Math.max(1, byTenant.values().stream().mapToLong(DriftMember::n).sum());
        double baselineN = Math.max(
                1, byTenant.values().stream().mapToLong(DriftMember::baselineN).sum());
        return byTenant.values().stream()
                .sorted(Comparator.comparingDouble(
                        member -> -Math.abs(member.n() / n - member.baselineN() / baselineN)))
                .limit(MOST_MEMBERS)
                .toList();
    }

    private static List<String> movedMost(List<DriftShare> shares) {
        return shares.stream()
                .filter(share -> Math.abs(share.getCurrent() - share.getBaseline()) >= LEAST_TOPIC_MOVE)
                .sorted(Comparator.comparingDouble(share -> -Math.abs(share.getCurrent() - share.getBaseline())))
                .limit(MOST_TOPICS)
                .map(DriftShare::getName)
                .toList();
    }

    private DriftTest insufficient(Group group, long n, long baselineN) {
        String why = n < DriftDetector.MINIMUM
                ? "%d observations, at least %d are needed".formatted(n, DriftDetector.MINIMUM)
                : "the baseline has %d observations of this slice and of its tenants, at least %d are needed"
                        .formatted(baselineN, DriftDetector.MINIMUM);
        return new DriftTest(
                detector.kind(measure),
                detector.testName(measure),
                group.slice,
                window.startMillis(),
                window.seconds(),
                window.baselineId(),
                n,
                baselineN,
                why,
                detector.effectName(),
                detector.warnSize(),
                detector.investigateSize(),
                Comparison.NONE,
                Comparison.NONE,
                Comparison.NONE,
                Comparison.NONE,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                "",
                1,
                TextScores.NONE);
    }

    private static long[] plus(long[] left, long[] right) {
        long[] sum = left.clone();
        add(sum, right);
        return sum;
    }

    private static void add(long[] sum, long[] counts) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += counts[i];
        }
    }
}
