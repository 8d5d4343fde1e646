/**
 * Which inferences are looked at closely (embedded, judged, kept as samples): a choice by hash, by stratum, with a floor for
 * rare strata and the weight that keeps estimates unbiased. Jobs share it, so that they look at the same inferences;
 * nothing about what is done with a sample may enter here.
 */
package io.tidemark.jobs.sampling;
