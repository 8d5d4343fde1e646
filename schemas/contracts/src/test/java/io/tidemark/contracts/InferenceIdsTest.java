package io.tidemark.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class InferenceIdsTest {

    @Test
    void theInferenceIdIsFixedForEver() {
        // printf 'tenant-a\ntrace-1\nspan-1' | sha256sum
        assertThat(InferenceIds.inferenceId("tenant-a", "trace-1", "span-1"))
                .isEqualTo("fec2fb23a963102dcba7f4b0ba2a9202");
    }

    @Test
    void aTraceHasOneKafkaKeyPerTenant() {
        assertThat(InferenceIds.kafkaKey("tenant-a", "trace-1"))
                .isEqualTo("tenant-a\ntrace-1".getBytes(StandardCharsets.UTF_8))
                .isNotEqualTo(InferenceIds.kafkaKey("tenant-b", "trace-1"));
    }
}
