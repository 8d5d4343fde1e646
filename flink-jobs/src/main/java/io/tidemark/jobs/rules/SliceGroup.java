package io.tidemark.jobs.rules;

import io.tidemark.contracts.avro.Severity;
import io.tidemark.contracts.avro.SliceRef;
import io.tidemark.contracts.avro.WindowRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The slices of one tenant (or those over all tenants) under the rules: takes the panes of one tick after the other and says
 * which slices are in breach. Decides by event time and panes alone, so that a replay decides the same.
 */
final class SliceGroup {

    /** Evidence from which on a slice may explain the breach of a larger one before it is in breach itself: ten to one. */
    private static final double SUSPICION = Math.log(10);

    private final Map<String, SliceEntry> slices = new LinkedHashMap<>();
    private final Set<String> hot = new HashSet<>();
    private final Set<String> changed = new HashSet<>();
    private List<RuleBook.Published> rules = List.of();

    /** Takes what {@link SliceGroup} says about a slice that is in breach or suspected. */
    @FunctionalInterface
    interface Consumer {
        void found(SliceEntry slice, RuleState state, boolean breached);
    }

    /** Puts back a slice that was stored. */
    void restore(String name, SliceEntry entry) {
        slices.put(name, entry);
        hot.add(name);
    }

    boolean isEmpty() {
        return slices.isEmpty();
    }

    /** Whether the group must be asked at the next tick even when none of its slices sends anything. */
    boolean isHot() {
        return !hot.isEmpty();
    }

    /** Names of the slices that changed since the last call. */
    Set<String> takeChanged() {
        Set<String> names = Set.copyOf(changed);
        changed.clear();
        return names;
    }

    /** A slice; null when it was forgotten. */
    SliceEntry slice(String name) {
        return slices.get(name);
    }

    /**
     * Decides at a tick.
     *
     * @param tickMillis end of the panes, exclusive
     * @param rows the rows of the panes that end at the tick
     * @param inForce the rules in force at the tick
     */
    void tick(long tickMillis, Collection<WindowRow> rows, List<RuleBook.Published> inForce, Consumer consumer) {
        follow(inForce);
        Set<String> looked = new HashSet<>(hot);
        for (WindowRow row : rows) {
            looked.add(add(row, tickMillis));
        }
        for (String name : looked) {
            slices.get(name).assess(tickMillis);
        }
        decide(tickMillis, looked);
        for (String name : looked) {
            SliceEntry entry = slices.get(name);
            tell(entry, consumer);
            keepWatch(name, entry, tickMillis);
        }
    }

    private void follow(List<RuleBook.Published> inForce) {
        if (inForce != rules) {
            rules = inForce;
            slices.values().forEach(entry -> entry.follow(inForce));
            changed.addAll(slices.keySet());
        }
    }

    private String add(WindowRow row, long tickMillis) {
        SliceRef slice = SliceName.of(row);
        String name = SliceName.text(slice);
        SliceEntry entry = slices.computeIfAbsent(name, unused -> {
            SliceEntry created = new SliceEntry(slice, tickMillis);
            created.follow(rules);
            return created;
        });
        entry.add(row, tickMillis);
        changed.add(name);
        return name;
    }

    private void decide(long tickMillis, Set<String> looked) {
        boolean isEvidenceNeeded = false;
        boolean isSingleLookNeeded = false;
        for (String name : looked) {
            SliceEntry entry = slices.get(name);
            for (RuleState state : entry.states.values()) {
                if (state.endIfOver(tickMillis, entry.lastRowMillis)) {
                    changed.add(name);
                } else if (state.isCandidate()) {
                    isEvidenceNeeded |= state.latest.needsEvidence();
                    isSingleLookNeeded |= !Double.isNaN(state.latest.pValue());
                }
            }
        }
        Set<RuleState> discoveries = new HashSet<>();
        if (isEvidenceNeeded) {
            byEvidence(discoveries);
        }
        if (isSingleLookNeeded) {
            bySingleLooks(discoveries);
        }
        for (String name : looked) {
            begin(name, discoveries, tickMillis);
        }
    }

    private void begin(String name, Set<RuleState> discoveries, long tickMillis) {
        for (RuleState state : slices.get(name).states.values()) {
            boolean isPlain = !state.latest.needsEvidence() && Double.isNaN(state.latest.pValue());
            if (state.isCandidate() && (isPlain || discoveries.contains(state))) {
                state.begin(tickMillis);
                changed.add(name);
            }
        }
    }

    private void byEvidence(Set<RuleState> discoveries) {
        Map<Severity, List<Discoveries.Hypothesis>> families = new EnumMap<>(Severity.class);
        for (SliceEntry entry : slices.values()) {
            for (RuleState state : entry.states.values()) {
                if (state.isHypothesis()) {
                    families.computeIfAbsent(state.rule.rule().severity(), unused -> new ArrayList<>())
                            .add(new Discoveries.Hypothesis(entry.slice.getSliceLevel(), state));
                }
            }
        }
        for (List<Discoveries.Hypothesis> family : families.values()) {
            if (Discoveries.arePossible(family)) {
                discoveries.addAll(Discoveries.among(family));
            }
        }
    }

    private void bySingleLooks(Set<RuleState> discoveries) {
        Map<String, List<RuleState>> byRule = new HashMap<>();
        for (SliceEntry entry : slices.values()) {
            for (RuleState state : entry.states.values()) {
                if (!Double.isNaN(state.latest.pValue())) {
                    byRule.computeIfAbsent(state.rule.rule().id(), unused -> new ArrayList<>())
                            .add(state);
                }
            }
        }
        byRule.values().forEach(states -> discoveries.addAll(Discoveries.amongSingleLooks(states)));
    }

    private static void tell(SliceEntry entry, Consumer consumer) {
        for (RuleState state : entry.states.values()) {
            if (state.isBreached()) {
                consumer.found(entry, state, true);
            } else if (state.isCandidate() && state.latest.logEvidence() > SUSPICION) {
                consumer.found(entry, state, false);
            }
        }
    }

    private void keepWatch(String name, SliceEntry entry, long tickMillis) {
        boolean isRemembered = tickMillis - entry.lastRowMillis <= entry.memoryMillis();
        if (entry.isHot() || entry.watchesSilence() && isRemembered) {
            hot.add(name);
        } else {
            hot.remove(name);
        }
    }

    /** Forgets the slices that no rule needs any more; gives their names. */
    List<String> forget(long tickMillis) {
        List<String> forgotten = new ArrayList<>();
        slices.forEach((name, entry) -> {
            if (!hot.contains(name) && tickMillis - entry.lastRowMillis > entry.memoryMillis()) {
                forgotten.add(name);
            }
        });
        forgotten.forEach(slices::remove);
        changed.removeAll(forgotten);
        return forgotten;
    }
}
