package io.tidemark.contracts.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MeasureCatalogTest {

    /** The state of the windows job names a measure by its position: this list only ever grows, at its end. */
    private static final List<String> POSITIONS = List.of(
            "errors",
            "errors_4xx",
            "errors_5xx",
            "rate_limited",
            "timeouts",
            "cancelled",
            "refusals",
            "guardrail_blocked",
            "pii_found",
            "jailbreaks",
            "schema_invalid",
            "retried",
            "fallbacks",
            "degraded",
            "cache_hits",
            "cold_starts",
            "unknown_version",
            "tool_calls",
            "tool_errors",
            "cached_tokens",
            "reasoning_tokens",
            "cost_estimated",
            "input_tokens",
            "output_tokens",
            "cost_nano_usd",
            "ttft",
            "time_per_output_token",
            "end_to_end",
            "queue",
            "stage_queue",
            "stage_prefill",
            "stage_decode",
            "stage_retrieval",
            "stage_tool",
            "stage_guardrail",
            "confidence",
            "conversation_depth",
            "queue_depth",
            "tokens_in_flight",
            "cpu_utilization",
            "gpu_utilization",
            "memory_utilization",
            "kv_cache_utilization");

    @Test
    void positionsNeverChange() {
        assertThat(MeasureCatalog.all()).extracting(Measure::name).startsWith(POSITIONS.toArray(String[]::new));
    }

    @Test
    void everyMeasureIsHeldByThatPromise() {
        assertThat(POSITIONS)
                .as("add the new measure at the end of this list")
                .hasSize(MeasureCatalog.all().size());
    }
}
