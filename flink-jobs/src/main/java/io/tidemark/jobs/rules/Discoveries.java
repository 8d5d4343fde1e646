package io.tidemark.jobs.rules;

import io.tidemark.statistics.multiplicity.BenjaminiHochberg;
import io.tidemark.statistics.multiplicity.EvidenceBenjaminiHochberg;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which slices of a tenant have evidence enough, now that many are looked at. The rules of a severity share one error
 * budget: first evenly over the rules, then over the slice levels of each, then over the slices of each level, so that a
 * tenant as a whole need not pay for its thousand intents. A discovery must hold among all hypotheses of the severity and
 * among those of its own rule; else a rule with many true findings would lower the bar of the others.
 */
final class Discoveries {

    /** Share of false discoveries that is allowed. */
    private static final double FALSE_DISCOVERY_RATE = 0.05;

    private static final EvidenceBenjaminiHochberg RULE = new EvidenceBenjaminiHochberg();

    private Discoveries() {}

    /** A slice under a rule. */
    record Hypothesis(String level, RuleState state) {

        private String rule() {
            return state.rule.rule().id();
        }

        private double logThreshold() {
            return -Math.log(state.rule.rule().test().alpha());
        }
    }

    /** Those of the hypotheses of one tenant and one severity that are discoveries. */
    static Set<RuleState> among(List<Hypothesis> hypotheses) {
        Map<String, List<Hypothesis>> byRule = new HashMap<>();
        for (Hypothesis hypothesis : hypotheses) {
            byRule.computeIfAbsent(hypothesis.rule(), unused -> new ArrayList<>())
                    .add(hypothesis);
        }
        Set<RuleState> found = discoveries(hypotheses, byRule.size());
        Set<RuleState> confirmed = new HashSet<>();
        for (List<Hypothesis> rule : byRule.values()) {
            confirmed.addAll(discoveries(rule, 1));
        }
        found.retainAll(confirmed);
        found.removeIf(state ->
                state.latest.logEvidence() < -Math.log(state.rule.rule().test().alpha()));
        return found;
    }

    /** Whether anything can be discovered at all: evidence under one over alpha never is. */
    static boolean arePossible(Collection<Hypothesis> hypotheses) {
        return hypotheses.stream()
                .anyMatch(each -> each.state.isCandidate() && each.state.latest.logEvidence() >= each.logThreshold());
    }

    private static Set<RuleState> discoveries(List<Hypothesis> hypotheses, int rules) {
        Map<String, Map<String, Integer>> slices = new HashMap<>();
        for (Hypothesis each : hypotheses) {
            slices.computeIfAbsent(each.rule(), unused -> new HashMap<>()).merge(each.level, 1, Integer::sum);
        }
        double[] evidence = new double[hypotheses.size()];
        for (int i = 0; i < evidence.length; i++) {
            Hypothesis each = hypotheses.get(i);
            Map<String, Integer> levels = slices.get(each.rule());
            double share = 1.0 / rules / levels.size() / levels.get(each.level);
            evidence[i] = each.state.latest.logEvidence()
                    + Math.log(evidence.length * share)
                    - each.logThreshold()
                    - Math.log(FALSE_DISCOVERY_RATE);
        }
        Set<RuleState> found = new HashSet<>();
        for (int index : RULE.discoveriesOfLogs(evidence, FALSE_DISCOVERY_RATE)) {
            found.add(hypotheses.get(index).state);
        }
        return found;
    }

    /** Those of the slices of one rule whose p-values, looked at once, are discoveries. */
    static Set<RuleState> amongSingleLooks(List<RuleState> states) {
        double[] pValues =
                states.stream().mapToDouble(state -> state.latest.pValue()).toArray();
        Set<RuleState> found = new HashSet<>();
        for (int index : new BenjaminiHochberg().discoveries(pValues, FALSE_DISCOVERY_RATE)) {
            found.add(states.get(index));
        }
        return found;
    }
}
