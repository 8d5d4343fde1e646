package io.tidemark.jobs.canary;

import io.tidemark.contracts.avro.RandomisationUnit;
import io.tidemark.contracts.trace.Fingerprint;
import io.tidemark.jobs.canary.pair.Disagreement;
import io.tidemark.jobs.canary.pair.PairSums;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Everything that one pane brings to one rollout. */
final class PaneArms {

    private static final String ALL = "";

    /** Candidate and control, by tenant. */
    final Map<String, TenantPane> tenants = new TreeMap<>();

    /** Tuples between candidate and control that ran beside them. */
    final Map<Mixed, Cell> mixed = new TreeMap<>();

    /** Tuples to fall back to, by version id. */
    final Map<String, Cell> fallbacks = new TreeMap<>();

    /** A tuple with some components of the candidate, and a tenant. */
    record Mixed(int changed, String tenant) implements Comparable<Mixed> {
        @Override
        public int compareTo(Mixed other) {
            int byChange = Integer.compare(changed, other.changed);
            return byChange == 0 ? tenant.compareTo(other.tenant) : byChange;
        }
    }

    static PaneArms of(Collection<Contribution> contributions) {
        PaneArms pane = new PaneArms();
        contributions.forEach(pane::add);
        return pane;
    }

    private void add(Contribution contribution) {
        if (contribution.arm() == Contribution.Arm.PAIRS) {
            pane(contribution.tenant()).pairs().add(PairSums.fromBytes(contribution.cell()));
        } else {
            cell(contribution).add(contribution.cell());
        }
    }

    private TenantPane pane(String tenant) {
        return tenants.computeIfAbsent(tenant, unused -> new TenantPane());
    }

    private Cell cell(Contribution contribution) {
        String tenant = contribution.tenant();
        return switch (contribution.arm()) {
            case CANDIDATE -> pane(tenant).candidate();
            case CONTROL -> pane(tenant).control();
            case PAIRS -> throw new IllegalArgumentException("pairs are no cell");
            case MIXED -> mixed.computeIfAbsent(new Mixed(contribution.changed(), tenant), unused -> new Cell());
            case FALLBACK -> fallbacks.computeIfAbsent(contribution.versionId(), unused -> new Cell());
        };
    }

    /**
     * The pane as the tests count it. Where whole tenants are assigned to an arm, a tenant is one unit, and there is nothing
     * to hold fixed.
     */
    Map<String, TenantPane> counted(RandomisationUnit unit) {
        if (unit != RandomisationUnit.TENANT) {
            return tenants;
        }
        TenantPane all = new TenantPane();
        tenants.forEach((tenant, pane) -> {
            addAsUnit(tenant, pane.candidate(), all.candidate());
            addAsUnit(tenant, pane.control(), all.control());
            all.pairs().add(pane.pairs());
        });
        return Map.of(ALL, all);
    }

    private static void addAsUnit(String tenant, Cell from, Cell target) {
        byte[] name = tenant.getBytes(StandardCharsets.UTF_8);
        long fingerprint = Fingerprint.of(name, 0, name.length);
        if (from.size() > 0) {
            target.units.put(fingerprint, asUnit(from));
        }
        if (!from.scored.isEmpty()) {
            Unit scored = new Unit();
            from.scored.values().forEach(scored::add);
            target.scored.put(fingerprint, scored);
        }
    }

    private static Unit asUnit(Cell cell) {
        Unit unit = new Unit();
        cell.units.values().forEach(unit::add);
        for (int i = 0; i < cell.known.length; i++) {
            unit.known |= cell.known[i] > 0 ? 1 << i : 0;
            unit.bad |= cell.bad[i] > 0 ? 1 << i : 0;
        }
        for (int i = 0; i < cell.values.length; i++) {
            int size = cell.values[i] == null ? 0 : cell.values[i].size();
            if (size > 0) {
                long[] indexes = new long[size];
                cell.values[i].copyTo(indexes, new long[size]);
                unit.highest[i] = Math.max(unit.highest[i], (int) indexes[size - 1]);
            }
        }
        return unit;
    }

    /** Traces of the candidate to look at: those that were bad, and those that a shadow answered differently. */
    List<String> exemplars() {
        return tenants.values().stream()
                .flatMap(pane -> Stream.concat(
                        pane.candidate().exemplars.stream(),
                        pane.pairs().named().stream().map(Disagreement::traceId)))
                .filter(id -> !id.isEmpty())
                .distinct()
                .toList();
    }
}
