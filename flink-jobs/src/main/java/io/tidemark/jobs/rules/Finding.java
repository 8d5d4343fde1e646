package io.tidemark.jobs.rules;

import io.tidemark.jobs.runtime.FlatType;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * A slice that is in breach of a rule at a tick, or is suspected to be: what the inhibition over all slices works on.
 *
 * @param rule id of the rule
 * @param tickMillis the tick
 * @param breached true for a breach, false for a suspicion that may explain somebody else's breach
 * @param bad bad units of late; 0 for rules that do not count units
 * @param units all units of late
 * @param limit rate that they are allowed
 * @param top only so many slices of the rule count, those with the highest rank; 0 for all
 * @param rank how much the slice has of what the rule looks for
 * @param autoscaling whether it is for autoscalers and not for people
 * @param signal the signal as it would be published, in the wire format of the registry
 */
public record Finding(
        String rule,
        long tickMillis,
        boolean breached,
        long bad,
        long units,
        double limit,
        int top,
        double rank,
        boolean autoscaling,
        byte[] signal) {

    /** Type information for Flink. */
    public static final TypeInformation<Finding> TYPE = new FlatType<>(Finding.class, new FindingSerializer());
}
