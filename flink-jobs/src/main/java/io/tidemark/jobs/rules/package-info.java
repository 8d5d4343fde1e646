/**
 * The rules job: which slices are in breach of which alert rules. Panes are judged tenant by tenant, tick by tick, with the
 * tests of {@link io.tidemark.jobs.rules.evaluation} under the rules of {@link io.tidemark.jobs.rules.model}; then one
 * breach is named where many slices show the same fault, and signals are written. Begin at
 * {@link io.tidemark.jobs.rules.RulesJob}.
 */
package io.tidemark.jobs.rules;
