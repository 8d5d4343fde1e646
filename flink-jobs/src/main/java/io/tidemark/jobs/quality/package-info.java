/**
 * The quality job: what becomes known of inferences after they finished, days late, brought together with them and measured
 * by day of the inference and age of the labels. Begin at {@link io.tidemark.jobs.quality.QualityJob}; only classes of this
 * package know Flink.
 */
package io.tidemark.jobs.quality;
