package io.tidemark.alerts.topology;

import io.tidemark.contracts.avro.Signal;
import io.tidemark.contracts.avro.SliceRef;
import io.tidemark.contracts.avro.TrafficRole;
import java.util.HashMap;
import java.util.Map;

/** How many alerts of each rule are open here, and what stands for those above the limit. */
final class Storms {

    /** Slice level of the alert that stands for many. */
    static final String MANY = "many";

    private final int mostOpenPerRule;
    private final Map<String, Integer> open = new HashMap<>();

    Storms(int mostOpenPerRule) {
        this.mostOpenPerRule = mostOpenPerRule;
    }

    void opened(String ruleId) {
        open.merge(ruleId, 1, Integer::sum);
    }

    void closed(String ruleId) {
        open.merge(ruleId, -1, (count, change) -> count + change == 0 ? null : count + change);
    }

    /** Whether a new alert of the rule goes into the one for many; what asks for an action never does. */
    boolean isFull(Signal signal) {
        return signal.getAction() == null && open.getOrDefault(signal.getRuleId(), 0) >= mostOpenPerRule;
    }

    /** The signal that stands for one above the limit. */
    Signal fold(Signal signal) {
        SliceRef many = SliceRef.newBuilder()
                .setSliceLevel(MANY)
                .setRole(TrafficRole.UNKNOWN)
                .setLabels(Map.of())
                .build();
        return Signal.newBuilder(signal)
                .setSlice(many)
                .setParent(null)
                .setSummary("more than %,d slices breach rule %s at once; the further ones are in this alert"
                        .formatted(mostOpenPerRule, signal.getRuleId()))
                .build();
    }
}
