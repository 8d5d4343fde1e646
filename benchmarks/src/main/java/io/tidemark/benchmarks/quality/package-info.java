/** What the eight-day join of the quality job costs: state, processor time, checkpoints. */
package io.tidemark.benchmarks.quality;
