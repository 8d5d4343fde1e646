package io.tidemark.jobs.canary;

import io.tidemark.contracts.VersionTuple;
import io.tidemark.jobs.measures.ByteReader;
import io.tidemark.jobs.measures.ByteWriter;
import io.tidemark.statistics.attribution.ComponentAttribution;
import io.tidemark.statistics.attribution.ComponentAttribution.GroupEffect;
import io.tidemark.statistics.attribution.VersionCell;
import io.tidemark.statistics.counts.BinomialCounts;
import io.tidemark.statistics.error.StatisticsException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Bad units of every tuple between control and candidate over the last five to ten minutes, by guardrail: from tuples that
 * run at the same time one can tell which component a regression comes from, or that one cannot.
 */
final class ConcurrentCells {

    /** Said when the data cannot tell. */
    static final String NOT_IDENTIFIABLE = "NOT_IDENTIFIABLE";

    private static final int PANES = 30;
    private static final int MOST_CELLS = 2_000;
    private static final double SIGNIFICANT = 3;

    private final RolloutPlan plan;
    private final List<GuardrailTest> tests;
    private Map<PaneArms.Mixed, long[]> younger = new TreeMap<>();
    private Map<PaneArms.Mixed, long[]> older = new TreeMap<>();
    private int panes;

    ConcurrentCells(RolloutPlan plan, List<GuardrailTest> tests) {
        this.plan = plan;
        this.tests = tests;
    }

    /** What explains a regression. */
    record Finding(String component, String advice) {}

    void add(PaneArms pane) {
        if (++panes % PANES == 0) {
            older = younger;
            younger = new TreeMap<>();
        }
        pane.tenants.forEach((tenant, arms) -> {
            add(new PaneArms.Mixed(0, tenant), arms.control());
            add(new PaneArms.Mixed(plan.changedComponents(), tenant), arms.candidate());
        });
        pane.mixed.forEach(this::add);
    }

    private void add(PaneArms.Mixed key, Cell cell) {
        boolean isOver = younger.size() >= MOST_CELLS && !younger.containsKey(key);
        if (cell.size() == 0 || isOver) {
            return;
        }
        long[] counts = younger.computeIfAbsent(key, unused -> new long[2 * tests.size()]);
        for (int i = 0; i < tests.size(); i++) {
            Optional<BinomialCounts> bad = tests.get(i).count(cell);
            if (bad.isPresent()) {
                counts[2 * i] += bad.get().successes();
                counts[2 * i + 1] += bad.get().trials();
            }
        }
    }

    /** The component that explains the regression of a guardrail. */
    Finding explain(int guardrail) {
        List<Integer> changed = changedComponents();
        List<String> names =
                changed.stream().map(VersionTuple.COMPONENT_NAMES::get).toList();
        if (names.size() == 1) {
            return new Finding(names.get(0), null);
        }
        try {
            return strongest(new ComponentAttribution(names).attribute(cells(guardrail, changed)), names);
        } catch (StatisticsException e) {
            return notIdentifiable(names);
        }
    }

    private Finding strongest(ComponentAttribution.Attribution attribution, List<String> names) {
        Optional<GroupEffect> strongest = attribution.effects().stream()
                .filter(effect -> effect.z() >= SIGNIFICANT)
                .max(Comparator.comparingDouble(GroupEffect::z));
        if (strongest.isEmpty()) {
            return notIdentifiable(names);
        }
        List<String> group = strongest.get().components();
        return group.size() == 1 ? new Finding(group.get(0), null) : notIdentifiable(group);
    }

    private Finding notIdentifiable(List<String> group) {
        List<String> singles = new ArrayList<>();
        for (String name : group.subList(0, group.size() - 1)) {
            int component = VersionTuple.COMPONENT_NAMES.indexOf(name);
            singles.add("%s=%s with everything else as in the control"
                    .formatted(name, plan.candidate().components().get(component)));
        }
        return new Finding(
                NOT_IDENTIFIABLE,
                "%s changed together; roll out %s, beside the control"
                        .formatted(String.join(" and ", group), String.join(", and ", singles)));
    }

    private List<Integer> changedComponents() {
        List<Integer> changed = new ArrayList<>();
        for (int i = 0; i < VersionTuple.COMPONENT_NAMES.size(); i++) {
            if ((plan.changedComponents() >> i & 1) != 0) {
                changed.add(i);
            }
        }
        return changed;
    }

    private List<VersionCell> cells(int guardrail, List<Integer> changed) {
        List<VersionCell> cells = new ArrayList<>();
        for (Map<PaneArms.Mixed, long[]> half : List.of(younger, older)) {
            half.forEach((key, counts) -> {
                List<Boolean> flags = changed.stream()
                        .map(component -> (key.changed() >> component & 1) != 0)
                        .toList();
                BinomialCounts bad = BinomialCounts.of(counts[2 * guardrail], counts[2 * guardrail + 1]);
                cells.add(new VersionCell(key.tenant(), flags, bad));
            });
        }
        return cells;
    }

    void write(ByteWriter writer) {
        writer.writeUnsigned(panes);
        for (Map<PaneArms.Mixed, long[]> half : List.of(younger, older)) {
            writer.writeUnsigned(half.size());
            half.forEach((key, counts) -> {
                writer.writeUnsigned(key.changed());
                StateCodec.write(key.tenant(), writer);
                for (long count : counts) {
                    writer.writeUnsigned(count);
                }
            });
        }
    }

    void read(ByteReader reader) {
        panes = (int) reader.readUnsigned();
        for (Map<PaneArms.Mixed, long[]> half : List.of(younger, older)) {
            long size = reader.readUnsigned();
            for (long i = 0; i < size; i++) {
                int changed = (int) reader.readUnsigned();
                PaneArms.Mixed key = new PaneArms.Mixed(changed, StateCodec.read(reader));
                long[] counts = new long[2 * tests.size()];
                for (int j = 0; j < counts.length; j++) {
                    counts[j] = reader.readUnsigned();
                }
                half.put(key, counts);
            }
        }
    }
}
