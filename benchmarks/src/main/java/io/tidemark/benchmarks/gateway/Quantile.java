package io.tidemark.benchmarks.gateway;

import java.util.Arrays;

/** Nearest-rank quantiles. */
final class Quantile {

    private Quantile() {}

    /** The smallest value that a share of the values does not exceed; not a number when there is none. */
    static double of(double share, long[] values) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted.length == 0
                ? Double.NaN
                : sorted[(int) Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))];
    }
}
