/** Estimates from units that were drawn with known, unequal chances: sums that merge, and what they say of the population. */
package io.tidemark.statistics.sampling;
