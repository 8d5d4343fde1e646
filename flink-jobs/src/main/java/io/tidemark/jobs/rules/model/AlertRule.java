package io.tidemark.jobs.rules.model;

import io.tidemark.contracts.avro.Severity;
import io.tidemark.contracts.avro.TrafficRole;
import io.tidemark.jobs.rules.evaluation.RuleTest;
import java.time.Duration;
import java.util.Set;

/**
 * A rule: what is measured on which slices, when that is a breach, and what follows from it.
 *
 * @param id its name, and that of its file
 * @param description one sentence for people
 * @param kind error, latency, cost, drift, quality, safety, capacity or no_data
 * @param severity how bad a breach is
 * @param measure name under which evidence is listed
 * @param levels slice levels that it looks at
 * @param roles parts of the traffic that it looks at
 * @param test when a slice is in breach
 * @param sustain how long a breach must last before it fires
 * @param resolveAfter how long it must be over before it resolves
 * @param action rollback or retrain; null when people decide
 * @param runbook where to read on
 * @param output who gets what it finds
 * @param top only so many slices, those with the most; 0 for all of them
 */
public record AlertRule(
        String id,
        String description,
        String kind,
        Severity severity,
        String measure,
        Set<String> levels,
        Set<TrafficRole> roles,
        RuleTest test,
        Duration sustain,
        Duration resolveAfter,
        String action,
        String runbook,
        Output output,
        int top) {

    /** Who gets what a rule finds. */
    public enum Output {
        /** The alert lifecycle, by way of the signals topic. */
        ALERT,
        /** Autoscalers and load balancers, by way of a topic of their own; nobody is paged. */
        AUTOSCALING
    }

    public AlertRule {
        levels = Set.copyOf(levels);
        roles = Set.copyOf(roles);
    }

    /** Whether the rule looks at the slices of a level and a role. */
    public boolean covers(String level, TrafficRole role) {
        return levels.contains(level) && roles.contains(role);
    }
}
