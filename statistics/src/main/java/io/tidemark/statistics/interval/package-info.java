/**
 * Intervals for one proportion or one mean: for a sample of planned size (Wilson, Clopper-Pearson) and for one that is
 * looked at again and again (confidence sequences).
 */
package io.tidemark.statistics.interval;
