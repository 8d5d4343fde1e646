package io.tidemark.jobs.quality;

import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * What has come to a cohort of a slice.
 *
 * @param slice text of the slice
 * @param cohort text of the cohort's name
 * @param sums a cohort with the sums as pending
 */
public record CohortDelta(String slice, String cohort, byte[] sums) {

    static final TypeInformation<CohortDelta> TYPE = TypeInformation.of(CohortDelta.class);
}
