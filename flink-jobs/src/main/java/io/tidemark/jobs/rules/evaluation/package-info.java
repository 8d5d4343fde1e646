/**
 * What a rule does with the panes of one slice: counts, evidence, and whether the limit is exceeded. Pure: panes go in,
 * assessments come out; no Flink, no Kafka. A test of rules is one class here, listed in
 * {@link io.tidemark.jobs.rules.model.TestTypes}.
 */
package io.tidemark.jobs.rules.evaluation;
