/** The chain from a verdict to a target, with processes that are killed at random points, and how long it takes. */
package io.tidemark.benchmarks.actions;
