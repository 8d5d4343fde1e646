package io.tidemark.statistics.interval;

import io.tidemark.statistics.counts.BinomialCounts;

/** Bounds of the probability of success, from counts alone; the counts are the mergeable state. */
public interface ProportionInterval {

    /** Bounds in [0, 1]. */
    Bounds of(BinomialCounts counts);
}
