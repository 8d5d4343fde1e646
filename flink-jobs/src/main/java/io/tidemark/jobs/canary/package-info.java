/**
 * Rollouts: candidate against control, pane by pane, until there is a verdict. Start reading at {@link
 * io.tidemark.jobs.canary.CanaryJob}. {@code RolloutWatch}, the tests and what they count are pure; only the operators and
 * the source know Flink.
 */
package io.tidemark.jobs.canary;
