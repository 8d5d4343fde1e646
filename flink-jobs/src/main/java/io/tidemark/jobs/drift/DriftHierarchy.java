package io.tidemark.jobs.drift;

import io.tidemark.contracts.alert.SliceKey;
import io.tidemark.contracts.avro.DriftScope;
import io.tidemark.contracts.avro.SliceRef;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who moved, among the slices that were tested on one measure, window and reference.
 *
 * <p>A slice is <em>alone</em> when it moved, more than its mixture of tenants moved, the rest of the stream did not move,
 * and what little the rest did does not explain it.
 * The smallest slice that is alone explains everything it overlaps with; of equally large ones the broadest. When nobody is
 * alone and most tenants moved, the whole stream moved. A slice whose tenants did not move moved by its mixture.
 */
final class DriftHierarchy {

    private static final double HALF = 0.5;

    private final DriftPolicy policy;
    private final Map<DriftTest, Double> adjusted;

    /** @param adjusted p-values after the control of false discoveries */
    DriftHierarchy(DriftPolicy policy, Map<DriftTest, Double> adjusted) {
        this.policy = policy;
        this.adjusted = adjusted;
    }

    /** One decision for each test, in their order. */
    List<DriftDecision> decide(List<DriftTest> tests) {
        List<DriftTest> moved = tests.stream().filter(this::hasMoved).toList();
        List<DriftTest> candidates = moved.stream().filter(this::isAlone).toList();
        Optional<DriftTest> stream = candidates.isEmpty() ? movedStream(tests, moved) : Optional.empty();
        if (candidates.isEmpty() && stream.isEmpty()) {
            candidates = moved.stream()
                    .filter(test -> movedWithin(test) && isMove(test.beyondRest(), test))
                    .toList();
        }
        List<DriftTest> alone = purestFirst(candidates);
        List<DriftTest> roots = roots(alone);
        boolean allMoved = moved.stream().anyMatch(test -> Slices.isWholeStream(test.slice()));
        List<DriftDecision> decisions = new ArrayList<>(tests.size());
        for (DriftTest test : tests) {
            DriftDecision decision = hasMoved(test)
                    ? judged(test, alone, roots, stream, allMoved)
                    : DriftDecision.still(test, adjusted.getOrDefault(test, Double.NaN));
            decisions.add(policy.maySignal(test) ? decision : silent(decision));
        }
        return decisions;
    }

    private static List<DriftTest> purestFirst(List<DriftTest> candidates) {
        return candidates.stream()
                .sorted(Comparator.comparingLong(DriftTest::n)
                        .thenComparingInt(test -> Slices.dimensions(test.slice()))
                        .thenComparing(test -> test.slice().getTenant() == null)
                        .thenComparing(test -> SliceKey.of(test.slice())))
                .toList();
    }

    private static List<DriftTest> roots(List<DriftTest> alone) {
        List<DriftTest> roots = new ArrayList<>();
        for (DriftTest each : alone) {
            if (roots.stream().noneMatch(root -> Slices.overlap(root.slice(), each.slice()))) {
                roots.add(each);
            }
        }
        return roots;
    }

    /** The whole stream, when it moved and most of its tenants did. */
    private Optional<DriftTest> movedStream(List<DriftTest> tests, List<DriftTest> moved) {
        long known = tests.stream()
                .filter(test -> Slices.isTenant(test.slice()) && test.own().isKnown())
                .count();
        long movedTenants =
                moved.stream().filter(test -> Slices.isTenant(test.slice())).count();
        boolean most = known == 0 || movedTenants > known * HALF;
        return moved.stream()
                .filter(test -> Slices.isWholeStream(test.slice()) && most && movedWithin(test))
                .findFirst();
    }

    private DriftDecision judged(
            DriftTest test,
            List<DriftTest> alone,
            List<DriftTest> roots,
            Optional<DriftTest> stream,
            boolean allMoved) {
        double q = adjusted.get(test);
        if (roots.contains(test)) {
            return DriftDecision.cause(test, q, DriftScope.SLICE);
        }
        if (stream.isPresent() && stream.get() == test) {
            return DriftDecision.cause(test, q, DriftScope.STREAM);
        }
        Optional<DriftTest> root = roots.stream()
                .filter(each -> Slices.overlap(each.slice(), test.slice()))
                .findFirst();
        if (root.isPresent()) {
            SliceRef cause = root.get().slice();
            boolean isPart = alone.contains(test) && test.members().size() <= 1;
            return isPart
                    ? DriftDecision.part(test, q, cause)
                    : DriftDecision.explained(test, q, DriftScope.MIXTURE, cause);
        }
        if (!movedWithin(test)) {
            return DriftDecision.explained(test, q, DriftScope.MIXTURE, cause(test, roots));
        }
        if (movesWithTheRest(test, allMoved)) {
            return DriftDecision.explained(test, q, DriftScope.STREAM, wholeStream(test.slice()));
        }
        return Slices.isWholeStream(test.slice())
                ? DriftDecision.cause(test, q, DriftScope.STREAM)
                : DriftDecision.cause(test, q, DriftScope.SLICE);
    }

    /** Of the tenants in a slice the one whose share changed most, unless a cause is among those that changed. */
    private static SliceRef cause(DriftTest test, List<DriftTest> roots) {
        double n = Math.max(1, test.n());
        double baselineN = Math.max(1, test.baselineN());
        return test.members().stream()
                .max(Comparator.comparingDouble(member -> Math.abs(member.n() / n - member.baselineN() / baselineN)))
                .map(member -> Slices.tenantBeside(test.slice(), member.tenant()))
                .orElseGet(() -> roots.isEmpty() ? null : roots.get(0).slice());
    }

    private static SliceRef wholeStream(SliceRef slice) {
        return SliceRef.newBuilder()
                .setSliceLevel("all")
                .setRole(slice.getRole())
                .build();
    }

    private boolean hasMoved(DriftTest test) {
        return adjusted.getOrDefault(test, 1.0) <= policy.level(test.windowSeconds())
                && test.own().effect() >= test.warnSize();
    }

    private boolean movedWithin(DriftTest test) {
        return !test.within().isKnown() || isMove(test.within(), test);
    }

    private boolean isAlone(DriftTest test) {
        return test.rest().isKnown()
                && movedWithin(test)
                && !isMove(test.rest(), test)
                && isMove(test.beyondRest(), test);
    }

    /** The slice moved no further than the rest did, even if that is just under its size; or nobody can tell them apart. */
    private boolean movesWithTheRest(DriftTest test, boolean allMoved) {
        if (Slices.isWholeStream(test.slice())) {
            return false;
        }
        return test.rest().isKnown() ? !isMove(test.beyondRest(), test) : allMoved;
    }

    private boolean isMove(Comparison comparison, DriftTest test) {
        return comparison.isMove(policy.falseDiscoveryRate(), test.warnSize());
    }

    private static DriftDecision silent(DriftDecision decision) {
        return new DriftDecision(
                decision.test(), decision.qValue(), decision.moved(), decision.scope(), false, decision.explainedBy());
    }
}
