package io.tidemark.jobs.canary;

import io.tidemark.jobs.runtime.FlatType;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * A trace of a rollout that waits for outcomes.
 *
 * @param trace fingerprint of tenant and trace id
 * @param unit fingerprint of its session, or of the trace when it belongs to none
 * @param arm where it belongs; without a cell
 */
public record TraceArm(long trace, long unit, Contribution arm) {

    /** Type information for Flink. */
    public static final TypeInformation<TraceArm> TYPE = new FlatType<>(TraceArm.class, new TraceArmSerializer());
}
