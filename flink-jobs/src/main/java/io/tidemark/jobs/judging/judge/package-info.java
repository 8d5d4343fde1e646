/**
 * Judges: what says how good an answer was. Each reads a sample and gives scores, or says why there is none; {@link
 * io.tidemark.jobs.judging.judge.Judges} is their list. How samples come here and where scores go is left to the job; no
 * Flink or Kafka may enter.
 */
package io.tidemark.jobs.judging.judge;
