/**
 * Distances of embeddings: the squared maximum mean discrepancy (MMD), exactly over pairs, or from random Fourier
 * features whose sums merge, with its null law.
 */
package io.tidemark.statistics.distance.kernel;
