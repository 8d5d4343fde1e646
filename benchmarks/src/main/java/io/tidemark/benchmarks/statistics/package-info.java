/** Micro-benchmarks of the statistics: one method each, on one core. */
package io.tidemark.benchmarks.statistics;
