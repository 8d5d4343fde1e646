package io.tidemark.gateway.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.avro.InferenceStatus;
import io.tidemark.contracts.avro.Outcome;
import io.tidemark.contracts.avro.ReceivedSpan;
import io.tidemark.contracts.avro.SpanKind;
import io.tidemark.contracts.avro.Trace;
import io.tidemark.gateway.mapping.MappingTable;
import io.tidemark.gateway.otlp.BodyDecoder.Encoding;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** One vector for each dialect that no recording covers, and what all of them share. */
class DialectsTest {

    private static final String BODY =
            """
            {"resourceSpans":[{"resource":{"attributes":[%s]},"scopeSpans":[{"spans":[{
              "traceId":"5B8EFFF798038103D269B633813FC60C","spanId":"eee19b7ec3c1b174","name":"%s",
              "startTimeUnixNano":"1795226005772000000","endTimeUnixNano":1795226005967725158,
              "attributes":[%s],"events":[%s],"status":{"code":%d}}]}]}]}""";

    @Test
    void openTelemetrysNewestNames() throws Exception {
        Trace call = call(attributes(
                "gen_ai.operation.name", "'chat'",
                "gen_ai.provider.name", "'anthropic'",
                "gen_ai.usage.input_tokens", "100",
                "gen_ai.usage.cache_read.input_tokens", "60",
                "gen_ai.usage.reasoning.output_tokens", "7",
                "gen_ai.response.time_to_first_chunk", "0.25",
                "gen_ai.response.finish_reasons", "['stop','refusal']"));
        assertThat(call.getProvider()).isEqualTo("anthropic");
        assertThat(call.getInputTokens()).isEqualTo(100);
        assertThat(call.getOutputTokens()).isNull();
        assertThat(call.getCachedTokens()).isEqualTo(60);
        assertThat(call.getReasoningTokens()).isEqualTo(7);
        assertThat(call.getTtftMicros()).isEqualTo(250_000);
        assertThat(call.getFinishReason()).isEqualTo("stop,refusal");
        assertThat(call.getEndToEndMicros()).isEqualTo(195_725);
    }

    @Test
    void openInference() throws Exception {
        Trace call = call(attributes(
                "openinference.span.kind", "'LLM'",
                "llm.model_name", "'llama'",
                "llm.token_count.prompt", "42",
                "llm.token_count.completion_details.reasoning", "3",
                "llm.invocation_parameters", "'{\\\\\"temperature\\\\\": 0.2}'"));
        assertThat(call.getInputTokens()).isEqualTo(42);
        assertThat(call.getReasoningTokens()).isEqualTo(3);
        assertThat(call.getAttributes()).containsEntry("request_model", "llama").containsEntry("temperature", "0.2");
    }

    @Test
    void langfuseHidesNumbersInTexts() throws Exception {
        Trace call = call(attributes(
                "langfuse.observation.type", "'generation'",
                "langfuse.observation.usage_details", "'{\\\\\"input\\\\\": 42, \\\\\"output\\\\\": 17}'",
                "langfuse.observation.cost_details", "'{\\\\\"total\\\\\": 0.00012}'",
                "langfuse.observation.completion_start_time", "'2026-11-21T03:13:25.872Z'"));
        assertThat(call.getInputTokens()).isEqualTo(42);
        assertThat(call.getOutputTokens()).isEqualTo(17);
        assertThat(call.getCostNanoUsd()).isEqualTo(120_000);
    }

    @Test
    void vercelsOuterSpanIsNoModelCall() throws Exception {
        String usage = attributes("ai.usage.promptTokens", "5", "ai.response.msToFirstChunk", "12.5");
        assertThat(call(attributes("ai.operationId", "'ai.streamText.doStream'") + "," + usage)
                        .getTtftMicros())
                .isEqualTo(12_500);
        ReceivedSpan outer =
                span("ai.streamText", attributes("ai.operationId", "'ai.streamText'") + "," + usage, "", 0);
        assertThat(outer.getCall()).isNull();
        assertThat(outer.getSpan().getKind()).isEqualTo(SpanKind.OTHER);
        assertThat(span("t", attributes("ai.operationId", "'ai.toolCall'"), "", 0)
                        .getSpan()
                        .getKind())
                .isEqualTo(SpanKind.TOOL);
    }

    @Test
    void traceloopsOlderNames() throws Exception {
        Trace call = call(attributes(
                "llm.request.type", "'chat'",
                "gen_ai.system", "'OpenAI'",
                "gen_ai.usage.prompt_tokens", "8",
                "gen_ai.usage.completion_tokens", "9",
                "gen_ai.completion.0.finish_reason", "'tool_calls'"));
        assertThat(call.getInputTokens()).isEqualTo(8);
        assertThat(call.getOutputTokens()).isEqualTo(9);
        assertThat(call.getFinishReason()).isEqualTo("tool_calls");
    }

    @Test
    void vllmMeasuresInSeconds() throws Exception {
        ReceivedSpan span = span(
                "llm_request",
                attributes(
                        "gen_ai.latency.time_in_queue", "0.001",
                        "gen_ai.latency.time_to_first_token", "0.05",
                        "gen_ai.latency.e2e", "1.5",
                        "gen_ai.usage.prompt_tokens", "10"),
                "",
                0);
        assertThat(span.getCall().getQueueMicros()).isEqualTo(1_000);
        assertThat(span.getCall().getTtftMicros()).isEqualTo(50_000);
        assertThat(span.getCall().getEndToEndMicros()).isEqualTo(1_500_000);
    }

    @Test
    void anErrorSaysWhatItWas() throws Exception {
        Trace call = span("c", attributes("gen_ai.operation.name", "'chat'", "error.type", "'429'"), "", 2)
                .getCall();
        assertThat(call.getStatus()).isEqualTo(InferenceStatus.ERROR);
        assertThat(call.getHttpStatus()).isEqualTo(429);
        Trace timeout = span(
                        "c", attributes("gen_ai.operation.name", "'chat'", "error.type", "'APITimeoutError'"), "", 2)
                .getCall();
        assertThat(timeout.getStatus()).isEqualTo(InferenceStatus.TIMEOUT);
    }

    @Test
    void anEvaluationBecomesAnOutcome() throws Exception {
        String event =
                "{\"name\":\"gen_ai.evaluation.result\",\"timeUnixNano\":\"1795226005967000000\",\"attributes\":["
                        + attributes(
                                "gen_ai.evaluation.name", "'faithfulness'", "gen_ai.evaluation.score.value", "0.75")
                        + "]}";
        DecodedBody decoded = decode("c", attributes("gen_ai.operation.name", "'chat'"), event, 0);
        assertThat(decoded.outcomes()).hasSize(1);
        Outcome outcome = decoded.outcomes().get(0);
        assertThat(outcome.getName()).isEqualTo("faithfulness");
        assertThat(outcome.getValue()).isEqualTo(0.75);
        assertThat(outcome.getSpanId()).isEqualTo("eee19b7ec3c1b174");
        assertThat(decode("c", "", event, 0).outcomes().get(0).getOutcomeId()).isEqualTo(outcome.getOutcomeId());
    }

    @Test
    void factsAndFeaturesOfTheSpanAndItsBaggage() throws Exception {
        ReceivedSpan span = span(
                "c",
                attributes(
                        "gen_ai.operation.name", "'chat'",
                        "tidemark.role", "'canary'",
                        "baggage.tidemark.intent", "'refund'",
                        "tidemark.feature.length", "12",
                        "tidemark.feature.language", "'en'"),
                "",
                0);
        assertThat(span.getFacts()).isEqualTo(Map.of("role", "canary"));
        assertThat(span.getBaggage()).isEqualTo(Map.of("intent", "refund"));
        assertThat(span.getCall().getNumericFeatures()).isEqualTo(Map.of("length", 12.0));
        assertThat(span.getCall().getCategoricalFeatures()).isEqualTo(Map.of("language", "en"));
    }

    @Test
    void idsAreTokensWhenAskedAndSecretsNeverStay() throws Exception {
        TextPolicy policy = new TextPolicy(
                false,
                1,
                1_000,
                Set.of("session_id"),
                java.util.Optional.of(new io.tidemark.ingest.redaction.IdTokenizer("0123456789abcdef")));
        DecodedBody decoded = decode(
                policy,
                "bob@example.com asks",
                attributes(
                        "gen_ai.operation.name", "'chat'", "session.id", "'bob'", "tidemark.intent", "'a@b.example'"),
                "",
                0);
        ReceivedSpan span = decoded.batches().get(0).getSpans().get(0);
        assertThat(span.getFacts().get("session_id")).hasSize(32);
        assertThat(span.getFacts()).containsEntry("intent", "[EMAIL]");
        assertThat(span.getSpan().getName()).isEqualTo("[EMAIL] asks");
    }

    private static Trace call(String attributes) throws Exception {
        return span("call", attributes, "", 0).getCall();
    }

    private static ReceivedSpan span(String name, String attributes, String events, int status) throws Exception {
        return decode(name, attributes, events, status)
                .batches()
                .get(0)
                .getSpans()
                .get(0);
    }

    private static DecodedBody decode(String name, String attributes, String events, int status) throws Exception {
        return decode(TextPolicy.withoutContent(), name, attributes, events, status);
    }

    private static DecodedBody decode(TextPolicy policy, String name, String attributes, String events, int status)
            throws Exception {
        BodyDecoder decoder = new BodyDecoder(
                MappingTable.load(), BodyLimits.DEFAULT, policy, TimeWindow.unlimited(), Clock.systemUTC());
        String body = BODY.formatted(attributes("service.name", "'s'"), name, attributes, events, status);
        return decoder.decode(
                Signal.TRACES, Encoding.JSON, body.getBytes(StandardCharsets.UTF_8), TenantRule.ofKey("acme"), null);
    }

    /** Names and values in turn: a number, 'a text', or ['a', 'list']. */
    private static String attributes(String... namesAndValues) {
        StringBuilder json = new StringBuilder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            json.append(i == 0 ? "" : ",")
                    .append("{\"key\":\"%s\",\"value\":%s}".formatted(namesAndValues[i], value(namesAndValues[i + 1])));
        }
        return json.toString();
    }

    private static String value(String value) {
        if (value.startsWith("[")) {
            String elements =
                    value.substring(1, value.length() - 1).replaceAll("'([^']*)'", "{\"stringValue\":\"$1\"}");
            return "{\"arrayValue\":{\"values\":[%s]}}".formatted(elements);
        }
        if (value.startsWith("'")) {
            return "{\"stringValue\":\"%s\"}"
                    .formatted(value.substring(1, value.length() - 1).replace("\\\\\"", "\\\""));
        }
        return value.contains(".") ? "{\"doubleValue\":%s}".formatted(value) : "{\"intValue\":\"%s\"}".formatted(value);
    }
}
