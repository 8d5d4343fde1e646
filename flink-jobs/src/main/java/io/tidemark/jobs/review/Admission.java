package io.tidemark.jobs.review;

import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * What the quota decided: a proposal that enters the queue, or how many did not.
 *
 * @param proposal what enters, or one that names the slice and reason of those that do not
 * @param hourMillis start of the hour, milliseconds since the epoch
 * @param overQuota 0 for a proposal that enters, or else how many did not
 */
public record Admission(Proposal proposal, long hourMillis, long overQuota) {

    /** Type information for Flink. */
    public static final TypeInformation<Admission> TYPE = TypeInformation.of(Admission.class);
}
