package io.tidemark.consumers.decision;

import java.time.Duration;
import java.util.Set;

/**
 * The limits within which a consumer may act.
 *
 * @param armed whether anything is really changed; if not, every decision ends in a dry run
 * @param tenants tenants for which an armed consumer may act; * stands for all
 * @param targets targets, as adapter:name, on which an armed consumer may act; adapter:* stands for all of an adapter
 * @param maximumAge age above which a decision is stale
 * @param cooldown shortest time between two actions on the same scope
 * @param mostPerScope actions on the same scope within the window
 * @param mostOverall actions on anything within the window
 * @param window time over which actions are counted
 * @param minimumSamples observations that the deciding evidence must rest on
 * @param minimumWindows bad windows in a row that a rule without a sequential test must have seen
 * @param approval whether a person must approve each decision
 */
public record GuardSettings(
        boolean armed,
        Set<String> tenants,
        Set<String> targets,
        Duration maximumAge,
        Duration cooldown,
        int mostPerScope,
        int mostOverall,
        Duration window,
        long minimumSamples,
        int minimumWindows,
        boolean approval) {

    public GuardSettings {
        tenants = Set.copyOf(tenants);
        targets = Set.copyOf(targets);
    }
}
