package io.tidemark.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** Compares a stored model call with what another decoder found in the recording. */
final class RecordedCall {

    private static final Map<String, String> TOKENS = Map.of(
            "inputTokens", "input_tokens",
            "outputTokens", "output_tokens",
            "cacheReadTokens", "cached_tokens",
            "reasoningTokens", "reasoning_tokens");

    private static final Map<String, String> SLICE = Map.of(
            "app.version.base_model", "base_model",
            "app.version.finetune", "fine_tune",
            "app.version.prompt", "prompt",
            "app.version.tool_schema", "tool_schema",
            "app.version.retrieval_index", "retrieval_index",
            "app.version.eval_pass", "eval_pass",
            "app.intent", "intent");

    private RecordedCall() {}

    static void check(JsonNode expected, JsonNode row) {
        String span = expected.get("spanId").asText();
        assertThat(row).as("a row for span " + span).isNotNull();
        TOKENS.forEach((field, column) -> assertThat(row.get(column).asText())
                .as("%s of %s", column, span)
                .isEqualTo(expected.get(field).asText()));
        expected.get("slice").fields().forEachRemaining(fact -> assertThat(
                        row.get(SLICE.get(fact.getKey())).asText())
                .as("%s of %s", fact.getKey(), span)
                .isEqualTo(fact.getValue().get("value").asText()));
        assertThat(row.get("tenant").asText()).isEqualTo(expected.get("tenant").asText());
        assertThat(!row.get("status").asText().equals("ok"))
                .isEqualTo(expected.get("error").asBoolean());
    }
}
