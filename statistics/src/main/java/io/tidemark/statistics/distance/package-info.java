/**
 * How far the current sample lies from the baseline, and whether chance explains it. {@link
 * io.tidemark.statistics.distance.BinnedDistance} works on exact counts in the bins of a frozen baseline, which merge;
 * {@link io.tidemark.statistics.distance.SampleDistance} on two raw samples; {@link
 * io.tidemark.statistics.distance.HistogramDistances} on histograms, with the same numbers as the SQL functions of the
 * sink. What enters here gives its law under the null hypothesis, or says that it has none.
 */
package io.tidemark.statistics.distance;
