package io.tidemark.cli.endtoend;

/** Statements whose answers stand for all that an analyst can see. */
final class Answers {

    /** One line that changes when any window row changes, whatever the order and the time of storing. */
    static final String WINDOWS =
            """
            SELECT count(), sum(requests), sum(late), groupBitXor(cityHash64(
                slice_level, role, tenant, version_id, intent, window_start, window_seconds, final, requests, errors,
                input_tokens_sum, input_tokens_known, input_tokens_max, toString(input_tokens_hist),
                output_tokens_sum, output_tokens_known, output_tokens_max, toString(output_tokens_hist)))
            FROM windows
            """;

    /** Traces, and distinct ones. */
    static final String TRACES = "SELECT count(), uniqExact(inference_id) FROM traces";

    private Answers() {}
}
