package io.tidemark.ingest.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.contracts.avro.ResourceGauges;
import io.tidemark.contracts.avro.Span;
import io.tidemark.contracts.avro.Trace;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TraceValidatorTest {

    private final TraceValidator validator = new TraceValidator(TraceLimits.DEFAULT);

    static Trace valid() {
        Trace trace = BlankTrace.create();
        trace.setInferenceId("i");
        trace.setTenant("acme");
        trace.setTraceId("t-1");
        trace.setEventTime(Instant.parse("2026-01-01T00:00:00Z"));
        return trace;
    }

    @Test
    void unknownIsAllowedWhereTheSchemaAllowsIt() {
        assertThat(validator.violations(valid())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("brokenRules")
    void aBrokenRuleNamesFieldValueAndRule(Consumer<Trace> change, String message) {
        Trace trace = valid();
        change.accept(trace);
        assertThat(validator.violations(trace)).extracting(Violation::message).containsExactly(message);
    }

    static Stream<Arguments> brokenRules() {
        return Stream.of(
                rule(t -> t.setTenant(""), "tenant = '' must not be empty"),
                rule(t -> t.setTenant("a\nb"), "tenant = 'a?b' must have no control character, has one at index 1"),
                rule(t -> t.setTraceId(null), "trace_id = 'null' must not be empty"),
                rule(
                        t -> t.setEventTime(Instant.EPOCH),
                        "event_time = '1970-01-01T00:00:00Z' must lie after 1970-01-01T00:00:00Z"),
                rule(t -> t.setInputTokens(-1L), "input_tokens = '-1' must be >= 0"),
                rule(t -> t.setTtftMicros(-5L), "ttft_micros = '-5' must be >= 0"),
                rule(t -> t.setCostNanoUsd(Long.MIN_VALUE), "cost_nano_usd = '-9223372036854775808' must be >= 0"),
                rule(t -> t.setTurn(0), "turn = '0' must be >= 1"),
                rule(t -> t.setHttpStatus(99), "http_status = '99' must lie in [100, 599]"),
                rule(t -> t.setConfidence(1.01), "confidence = '1.01' must lie in [0, 1]"),
                rule(t -> t.setConfidence(Double.NaN), "confidence = 'NaN' must lie in [0, 1]"),
                rule(t -> t.setSamplingWeight(0.5), "sampling_weight = '0.5' must be a finite number >= 1"),
                rule(t -> t.getVersion().setPrompt(""), "version.prompt = '' must not be empty"),
                rule(
                        t -> t.getVersion().setServing("v\u0007"),
                        "version.serving = 'v?' must have no control character, has one at index 1"),
                rule(
                        t -> t.getVersion().setBaseModel("x".repeat(257)),
                        "version.base_model = '" + "x".repeat(64) + "...' must have at most 256 characters"),
                rule(t -> t.setResources(gauges(1.5)), "resources.gpu_utilization = '1.5' must lie in [0, 1]"),
                rule(t -> t.setSpans(List.of(span(-1))), "spans[0].duration_micros = '-1' must be >= 0"),
                rule(
                        t -> t.setSpans(Collections.nCopies(1_001, span(1))),
                        "spans = '1001 spans' must have at most 1000 spans"),
                rule(
                        t -> t.setNumericFeatures(Map.of("age", Double.POSITIVE_INFINITY)),
                        "numeric_features.age = 'Infinity' must be a finite number"),
                rule(
                        t -> t.setAttributes(Map.of("note", "x".repeat(4_097))),
                        "attributes.note = '4097 bytes' must have at most 4096 bytes in UTF-8"),
                rule(t -> t.setAttributes(entries(129)), "attributes = '129 entries' must have at most 128 entries"),
                rule(
                        t -> t.setAttributes(Map.of("", "x")),
                        "attributes = '' must have keys of 1 to 256 characters without control characters"),
                rule(t -> t.setStatus(null), "status = 'null' must be set"));
    }

    @Test
    void theTextItselfNeverEntersTheMessage() {
        Trace trace = valid();
        trace.setPromptText("\u00e9".repeat(32_769));
        assertThat(validator.violations(trace))
                .extracting(Violation::message)
                .containsExactly("prompt_text = '65538 bytes' must have at most 65536 bytes in UTF-8");
    }

    @Test
    void everyViolationIsReported() {
        Trace trace = valid();
        trace.setTenant("");
        trace.setOutputTokens(-2L);
        assertThat(validator.violations(trace)).extracting(Violation::field).containsExactly("tenant", "output_tokens");
    }

    @Test
    void aLimitBelowOneIsRefused() {
        assertThatThrownBy(() -> new TraceLimits(256, 0, 1, 1, 1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("attributes = '0' must be >= 1");
    }

    private static Arguments rule(Consumer<Trace> change, String message) {
        return Arguments.of(change, message);
    }

    private static ResourceGauges gauges(double gpu) {
        ResourceGauges gauges = new ResourceGauges();
        gauges.setGpuUtilization(gpu);
        return gauges;
    }

    private static Span span(long durationMicros) {
        Span span = BlankTrace.createSpan();
        span.setDurationMicros(durationMicros);
        return span;
    }

    private static Map<String, String> entries(int count) {
        Map<String, String> entries = new HashMap<>();
        for (int i = 0; i < count; i++) {
            entries.put("key" + i, "value");
        }
        return entries;
    }
}
