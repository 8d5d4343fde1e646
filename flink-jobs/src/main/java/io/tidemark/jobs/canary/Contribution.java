package io.tidemark.jobs.canary;

import io.tidemark.jobs.runtime.FlatType;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * What one cell brings to one rollout.
 *
 * @param releaseId the rollout
 * @param arm the side that the cell belongs to
 * @param changed for mixed tuples, bits of the components that have the candidate's value
 * @param versionId for tuples to fall back to, id of the tuple; else empty
 * @param tenant tenant of the cell
 * @param paneStartMillis start of the pane, milliseconds since the epoch
 * @param cell encoded cell
 */
public record Contribution(
        String releaseId, Arm arm, int changed, String versionId, String tenant, long paneStartMillis, byte[] cell) {

    /** Type information for Flink. */
    public static final TypeInformation<Contribution> TYPE =
            new FlatType<>(Contribution.class, new ContributionSerializer());

    /** Side of a comparison. The order is part of the job's state. */
    public enum Arm {
        CANDIDATE,
        CONTROL,
        MIXED,
        FALLBACK,
        PAIRS
    }
}
