/**
 * Drift of embeddings: exact sums of random Fourier features by cell and window, what is learned of a baseline, and the
 * tests of each slice when a window closes. Vectors come in, {@link io.tidemark.jobs.drift.DriftTest}s go out.
 */
package io.tidemark.jobs.embedding.drift;
