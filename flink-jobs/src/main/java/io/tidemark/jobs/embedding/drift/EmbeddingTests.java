package io.tidemark.jobs.embedding.drift;

import io.tidemark.contracts.alert.SliceKey;
import io.tidemark.contracts.avro.DriftKind;
import io.tidemark.contracts.avro.DriftShare;
import io.tidemark.contracts.avro.SliceRef;
import io.tidemark.jobs.drift.CellNames;
import io.tidemark.jobs.drift.Comparison;
import io.tidemark.jobs.drift.DriftMember;
import io.tidemark.jobs.drift.DriftTest;
import io.tidemark.jobs.windows.SliceLattice;
import io.tidemark.jobs.windows.SliceLevel;
import io.tidemark.statistics.distance.kernel.FourierContrast;
import io.tidemark.statistics.distance.kernel.HallBuckleyEagleson;
import io.tidemark.statistics.distance.kernel.RandomFourierFeatures;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The tests of one window of texts against a baseline, over every slice of the lattice. */
final class EmbeddingTests {

    /** What is tested. */
    static final String MEASURE = "prompt_embedding";

    /** Fewest texts on either side. */
    static final long MINIMUM = 100;

    private static final String EFFECT = "mmd2";
    private static final int MOST_TOPICS = 5;
    private static final int MOST_EXEMPLARS = 10;
    private static final double LEAST_TOPIC_MOVE = 0.01;

    /** The discrepancy grows with the square of the share that moves: twice the share is four times the effect. */
    private static final double INVESTIGATE = 4;

    private final RandomFourierFeatures features;
    private final SliceLattice lattice;
    private final TextBaseline baseline;
    private final Window window;
    private final List<Cell> cells = new ArrayList<>();

    /**
     * The window.
     *
     * @param startMillis inclusive start
     * @param seconds length
     * @param backendId what made the vectors
     */
    record Window(long startMillis, int seconds, String backendId) {}

    /** A cell of the window, its own texts in the baseline, and what it is compared with: those, or its tenant's. */
    private record Cell(TextCell texts, SliceRef slice, TextTotals current, TextTotals own, TextTotals source) {}

    private record Group(SliceRef slice, List<Cell> cells) {}

    EmbeddingTests(
            RandomFourierFeatures features,
            SliceLattice lattice,
            TextBaseline baseline,
            Window window,
            TextWindow current) {
        this.features = features;
        this.lattice = lattice;
        this.baseline = baseline;
        this.window = window;
        Map<String, TextTotals> before = new HashMap<>();
        Map<String, TextTotals> tenants = new HashMap<>();
        Map<String, SliceRef> gone = new TreeMap<>();
        for (TextCell cell : baseline.texts().cells()) {
            TextTotals totals = TextTotals.of(cell);
            before.put(SliceKey.of(cell.slice()), totals);
            gone.put(SliceKey.of(cell.slice()), cell.slice());
            tenants.merge(tenant(cell.slice()), totals, TextTotals::plus);
        }
        TextTotals none = nothing();
        for (TextCell cell : current.cells()) {
            String key = SliceKey.of(cell.slice());
            gone.remove(key);
            TextTotals own = before.getOrDefault(key, none);
            TextTotals tenant = tenants.getOrDefault(tenant(cell.slice()), none);
            TextTotals source = own.count() >= MINIMUM ? own : tenant.count() >= MINIMUM ? tenant : null;
            cells.add(new Cell(cell, cell.slice(), TextTotals.of(cell), own, source));
        }
        gone.forEach((key, slice) -> cells.add(new Cell(null, slice, none, before.get(key), null)));
    }

    private TextTotals nothing() {
        FeatureSums empty = new FeatureSums(2 * features.features());
        return new TextTotals(empty.toFourierSums(), empty.toFourierSums(), 0);
    }

    private static String tenant(SliceRef cell) {
        return cell.getRole() + "|" + cell.getTenant();
    }

    /** All tests; slices without texts in the window have none. */
    List<DriftTest> all() {
        List<DriftTest> tests = new ArrayList<>();
        for (SliceLevel level : lattice.levels()) {
            Map<String, Group> groups = new TreeMap<>();
            for (Cell cell : cells) {
                CellNames.sliceOf(level, cell.slice()).ifPresent(slice -> groups.computeIfAbsent(
                                SliceKey.of(slice), unused -> new Group(slice, new ArrayList<>()))
                        .cells
                        .add(cell));
            }
            groups.values().forEach(group -> test(group).ifPresent(tests::add));
        }
        return tests;
    }

    private Optional<DriftTest> test(Group group) {
        long n = group.cells.stream().mapToLong(cell -> cell.current().count()).sum();
        long own = group.cells.stream().mapToLong(cell -> cell.own().count()).sum();
        long unscored = group.cells.stream()
                .filter(cell -> cell.texts() != null)
                .mapToLong(cell -> cell.texts().unscored())
                .sum();
        if (n + unscored == 0) {
            return Optional.empty();
        }
        List<Cell> covered =
                group.cells.stream().filter(cell -> cell.source() != null).toList();
        long coveredTexts =
                covered.stream().mapToLong(cell -> cell.current().count()).sum();
        Set<String> tenants = tenants(group);
        boolean hasOwn = own >= MINIMUM;
        boolean isNew = !hasOwn && 2 * coveredTexts > n;
        if (n < MINIMUM || !hasOwn && !isNew || !baseline.knowsOneOf(tenants)) {
            return Optional.of(
                    outcome(group, n, own, insufficient(n, unscored, own), Comparison.NONE, List.of(), null));
        }
        HallBuckleyEagleson law = baseline.nullLaw(tenants);
        Contrast contrast = isNew ? mixture(covered) : own(group.cells);
        List<DriftMember> members = members(group);
        long baselineN = isNew ? distinctSources(covered) : own;
        return Optional.of(outcome(group, n, baselineN, "", contrast.compare(law), members, contrast));
    }

    private static Set<String> tenants(Group group) {
        Set<String> tenants = new TreeSet<>();
        group.cells.forEach(cell -> tenants.add(cell.slice().getTenant()));
        return tenants;
    }

    private static long distinctSources(List<Cell> cells) {
        return cells.stream()
                .map(Cell::source)
                .distinct()
                .mapToLong(TextTotals::count)
                .sum();
    }

    private static String insufficient(long n, long unscored, long own) {
        if (n < MINIMUM) {
            String without = unscored == 0 ? "" : ", and %d texts without vectors".formatted(unscored);
            return "%d texts%s, at least %d are needed".formatted(n, without, MINIMUM);
        }
        return "the baseline has %d texts of this slice and too few of its tenants, at least %d are needed"
                .formatted(own, MINIMUM);
    }

    private static Contrast own(List<Cell> cells) {
        Contrast contrast = new Contrast();
        double now = cells.stream().mapToDouble(cell -> cell.current().weight()).sum();
        double before = cells.stream().mapToDouble(cell -> cell.own().weight()).sum();
        for (Cell cell : cells) {
            contrast.add(cell.current().weight() / now, cell.current());
            contrast.add(-cell.own().weight() / before, cell.own());
        }
        return contrast;
    }

    /** The window against its cells' baselines in the proportions of the window. */
    private static Contrast mixture(List<Cell> cells) {
        Contrast contrast = new Contrast();
        double now = cells.stream().mapToDouble(cell -> cell.current().weight()).sum();
        for (Cell cell : cells) {
            contrast.add(cell.current().weight() / now, cell.current());
            contrast.add(-cell.current().weight() / now, cell.source());
        }
        return contrast;
    }

    private DriftTest outcome(
            Group group,
            long n,
            long baselineN,
            String insufficient,
            Comparison own,
            List<DriftMember> members,
            Contrast contrast) {
        Comparison within = Comparison.NONE;
        Comparison rest = Comparison.NONE;
        Comparison beyond = Comparison.NONE;
        List<DriftShare> shares = List.of();
        List<String> exemplars = List.of();
        double limit = insufficient.isEmpty() ? baseline.effectLimit(tenants(group)) : 0;
        if (insufficient.isEmpty() && own.effect() >= limit) {
            HallBuckleyEagleson law = baseline.nullLaw(tenants(group));
            List<Cell> covered =
                    group.cells.stream().filter(cell -> cell.source() != null).toList();
            within = members.size() > 1 && !covered.isEmpty() ? mixture(covered).compare(law) : Comparison.NONE;
            List<Cell> others = others(group);
            if (isEnough(others)) {
                Contrast othersMoved = mixture(others);
                rest = othersMoved.compare(baseline.nullLaw(tenants(new Group(group.slice, others))));
                Contrast beyondThem = new Contrast();
                beyondThem.addAll(1, members.size() > 1 && !covered.isEmpty() ? mixture(covered) : contrast);
                beyondThem.addAll(-1, othersMoved);
                beyond = beyondThem.compare(law);
            }
            shares = shares(group);
            exemplars = exemplars(group, contrast.overAll());
        }
        ScoreSums scores = new ScoreSums();
        group.cells.stream().filter(cell -> cell.texts() != null).forEach(cell -> scores.add(cell.texts()
                .scores()));
        double inferences = group.cells.stream()
                .mapToDouble(cell -> cell.current().weight())
                .sum();
        return new DriftTest(
                DriftKind.EMBEDDING,
                MEASURE,
                group.slice,
                window.startMillis(),
                window.seconds(),
                baseline.id(),
                n,
                baselineN,
                insufficient,
                EFFECT,
                limit,
                INVESTIGATE * limit,
                own,
                within,
                rest,
                beyond,
                members.size() > 1 ? members : List.of(),
                shares,
                topics(shares),
                exemplars,
                window.backendId(),
                n == 0 ? 1 : Math.min(1, n / inferences),
                scores.means());
    }

    /** Everything of the same role that is not in the slice and that has something to be compared with. */
    private List<Cell> others(Group group) {
        return cells.stream()
                .filter(cell -> cell.source() != null
                        && cell.slice().getRole() == group.slice.getRole()
                        && !group.cells.contains(cell))
                .toList();
    }

    private static boolean isEnough(List<Cell> others) {
        return others.stream().mapToLong(cell -> cell.current().count()).sum() >= MINIMUM;
    }

    private static List<DriftMember> members(Group group) {
        Map<String, DriftMember> byTenant = new TreeMap<>();
        for (Cell cell : group.cells) {
            String tenant = cell.slice().getTenant();
            byTenant.merge(
                    tenant,
                    new DriftMember(tenant, cell.current().count(), cell.own().count()),
                    (left, right) ->
                            new DriftMember(tenant, left.n() + right.n(), left.baselineN() + right.baselineN()));
        }
        return List.copyOf(byTenant.values());
    }

    /** Topics of a slice of one tenant before and now; several tenants have topics of their own. */
    private List<DriftShare> shares(Group group) {
        Set<String> tenants = tenants(group);
        Optional<TopicModel> topics =
                tenants.size() == 1 ? baseline.topics(tenants.iterator().next()) : Optional.empty();
        return topics.map(model ->
                        shares(group, model, baseline.places(tenants.iterator().next())))
                .orElse(List.of());
    }

    private static List<DriftShare> shares(Group group, TopicModel topics, long[] before) {
        long[] now = new long[topics.places()];
        for (Cell cell : group.cells) {
            long[] places = cell.texts() == null ? new long[0] : cell.texts().places();
            for (int place = 0; place < places.length; place++) {
                now[place] += places[place];
            }
        }
        double beforeTotal = Math.max(1, java.util.Arrays.stream(before).sum());
        double nowTotal = Math.max(1, java.util.Arrays.stream(now).sum());
        List<DriftShare> shares = new ArrayList<>();
        for (int place = 0; place < now.length; place++) {
            shares.add(DriftShare.newBuilder()
                    .setName(topics.name(place))
                    .setBaseline(before[place] / beforeTotal)
                    .setCurrent(now[place] / nowTotal)
                    .build());
        }
        return shares;
    }

    private static List<String> topics(List<DriftShare> shares) {
        return shares.stream()
                .filter(share -> Math.abs(share.getCurrent() - share.getBaseline()) >= LEAST_TOPIC_MOVE)
                .sorted(Comparator.comparingDouble(share -> -Math.abs(share.getCurrent() - share.getBaseline())))
                .limit(MOST_TOPICS)
                .map(DriftShare::getName)
                .toList();
    }

    /** Kept texts that stand most for what is new in the window. */
    private List<String> exemplars(Group group, FourierContrast contrast) {
        record Ranked(TextSample sample, double witness) {}
        return group.cells.stream()
                .filter(cell -> cell.texts() != null)
                .flatMap(cell -> cell.texts().reservoir().samples().stream())
                .map(sample -> new Ranked(sample, contrast.witness(features.map(sample.asDoubles()))))
                .sorted(Comparator.comparingDouble((Ranked ranked) -> -ranked.witness())
                        .thenComparing(ranked -> ranked.sample().traceId()))
                .limit(MOST_EXEMPLARS)
                .map(ranked -> ranked.sample().traceId())
                .toList();
    }
}
