package io.tidemark.jobs.rules;

import io.tidemark.contracts.avro.SliceRef;
import io.tidemark.contracts.avro.WindowRow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One slice with its states under every rule that looks at it. */
final class SliceEntry {

    final SliceRef slice;
    final Map<String, RuleState> states = new LinkedHashMap<>();

    /** States as they were stored, until their rules are known. */
    private final Map<String, StoredSlice.StoredState> stored = new LinkedHashMap<>();

    long lastRowMillis;

    SliceEntry(SliceRef slice, long lastRowMillis) {
        this.slice = slice;
        this.lastRowMillis = lastRowMillis;
    }

    void keep(String rule, StoredSlice.StoredState state) {
        stored.put(rule, state);
    }

    /** Begins, carries on or drops states so that they are those of the rules in force. */
    void follow(List<RuleBook.Published> rules) {
        Map<String, RuleState> kept = new LinkedHashMap<>();
        for (RuleBook.Published rule : rules) {
            if (rule.rule().covers(slice.getSliceLevel(), slice.getRole())) {
                kept.put(rule.rule().id(), state(rule));
            }
        }
        states.clear();
        states.putAll(kept);
        stored.clear();
    }

    private RuleState state(RuleBook.Published rule) {
        RuleState present = states.get(rule.rule().id());
        if (present != null && present.rule.hash().equals(rule.hash())) {
            return present;
        }
        StoredSlice.StoredState earlier = stored.get(rule.rule().id());
        if (earlier != null && earlier.hash().equals(rule.hash())) {
            return new RuleState(rule, rule.rule().test().read(earlier.reader()), earlier.breachedSinceMillis());
        }
        return new RuleState(rule, rule.rule().test().start(), RuleState.NOT_BREACHED);
    }

    void add(WindowRow row, long endMillis) {
        lastRowMillis = endMillis;
        states.values().forEach(state -> state.test.add(row, endMillis));
    }

    void assess(long tickMillis) {
        for (RuleState state : states.values()) {
            state.latest = state.test.assess(tickMillis);
        }
    }

    boolean isHot() {
        return states.values().stream().anyMatch(RuleState::isHot);
    }

    boolean watchesSilence() {
        return states.values().stream()
                .anyMatch(state -> state.rule.rule().test().watchesSilence());
    }

    /** How long the states matter after the last row, in milliseconds. */
    long memoryMillis() {
        return states.values().stream()
                .mapToLong(state -> state.rule.rule().test().memory().toMillis())
                .max()
                .orElse(0);
    }
}
