/** The judging job: sampled inferences go to judges, and what they say goes to the outcomes. Begin at {@code JudgingJob}. */
package io.tidemark.jobs.judging;
