package io.tidemark.benchmarks.alternative;

import java.util.List;

/**
 * A measure whose percentiles are compared.
 *
 * @param column column of raw traces
 * @param histogram column of windows
 * @param unit values of the column in one unit of the histogram
 */
record Percentiles(String column, String histogram, long unit) {

    /** Those of latency and of tokens. */
    static final List<Percentiles> COMPARED = List.of(
            new Percentiles("ttft_micros", "ttft_hist", 1_000),
            new Percentiles("end_to_end_micros", "end_to_end_hist", 1_000),
            new Percentiles("input_tokens", "input_tokens_hist", 1),
            new Percentiles("output_tokens", "output_tokens_hist", 1));
}
