package io.tidemark.cli.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.InferenceIds;
import io.tidemark.contracts.avro.InferenceStatus;
import io.tidemark.contracts.avro.SpanKind;
import io.tidemark.contracts.avro.Trace;
import io.tidemark.contracts.avro.TrafficRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TidemarkFormatTest {

    @TempDir
    Path folder;

    @Test
    void theSmallestTraceHasATenantAndATime() throws IOException {
        Trace trace = only("{\"tenant\":\"acme\",\"event_time\":\"2026-01-01T00:00:00.000001Z\"}");
        assertThat(trace.getEventTime()).isEqualTo(Instant.parse("2026-01-01T00:00:00.000001Z"));
        assertThat(trace.getTraceId()).endsWith("-1");
        assertThat(trace.getVersion().getBaseModel()).isEqualTo("unknown");
        assertThat(trace.getInputTokens()).isNull();
    }

    @Test
    void nestedRecordsAreRead() throws IOException {
        Trace trace = only("{\"tenant\":\"acme\",\"event_time\":1767225600000000,\"trace_id\":\"t\",\"span_id\":\"s\","
                + "\"version\":{\"base_model\":\"m\",\"prompt\":\"p9\"},\"role\":\"canary\",\"status\":\"TIMEOUT\","
                + "\"refused\":false,\"http_status\":504,\"confidence\":1,\"fallback_from\":null,"
                + "\"resources\":{\"queue_depth\":4,\"gpu_utilization\":0.5},"
                + "\"spans\":[{\"span_id\":\"a\",\"kind\":\"tool\",\"start_time\":1767225600000001,\"duration_micros\":7,"
                + "\"ok\":true,\"attributes\":{\"k\":\"5\"}},{}],\"numeric_features\":{\"age\":3.5}}");
        assertThat(trace.getEventTime()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(trace.getInferenceId()).isEqualTo(InferenceIds.inferenceId("acme", "t", "s"));
        assertThat(trace.getVersion().getPrompt()).isEqualTo("p9");
        assertThat(trace.getVersion().getEvalPass()).isEqualTo("unknown");
        assertThat(trace.getRole()).isEqualTo(TrafficRole.CANARY);
        assertThat(trace.getStatus()).isEqualTo(InferenceStatus.TIMEOUT);
        assertThat(trace.getRefused()).isFalse();
        assertThat(trace.getConfidence()).isEqualTo(1.0);
        assertThat(trace.getResources().getQueueDepth()).isEqualTo(4);
        assertThat(trace.getResources().getCpuUtilization()).isNull();
        assertThat(trace.getSpans()).hasSize(2);
        assertThat(trace.getSpans().get(0).getKind()).isEqualTo(SpanKind.TOOL);
        assertThat(trace.getSpans().get(0).getAttributes()).isEqualTo(Map.of("k", "5"));
        assertThat(trace.getNumericFeatures()).isEqualTo(Map.of("age", 3.5));
    }

    @Test
    void everyFieldOfTheSchemaIsAKey() throws IOException {
        for (Schema.Field field : Trace.getClassSchema().getFields()) {
            Reading reading = read("{\"tenant\":\"acme\",\"event_time\":1,\"%s\":{\"no such key\":1}}"
                    .formatted(field.name().equals("tenant") ? "trace_id" : field.name()));
            assertThat(reading.malformed())
                    .noneMatch(message -> message.contains("unknown key '" + field.name() + "'"));
        }
    }

    @Test
    void theExampleOfThePageIsATrace() throws IOException {
        String page = Files.readString(Path.of("").toAbsolutePath().resolve("../../docs/replay-formats.md"));
        String example = page.substring(page.indexOf("```json\n") + 8, page.lastIndexOf("```"));
        assertThat(only(example).getSpans()).hasSize(1);
    }

    @Test
    void aMalformedLineNamesItsPlace() throws IOException {
        String start = "{\"tenant\":\"acme\",\"event_time\":1";
        assertThat(read(String.join(
                                "\n",
                                List.of(
                                        start + ",\"tokens\":5}",
                                        start + ",\"version\":{\"promt\":\"p\"}}",
                                        start + ",\"status\":\"BAD\"}",
                                        start + ",\"output_tokens\":-3}",
                                        start + ",\"turn\":2147483648}",
                                        start + ",\"refused\":\"no\"}",
                                        start + ",\"inference_id\":\"x\",\"trace_id\":\"t\"}",
                                        "{\"event_time\":1}",
                                        "{\"tenant\":\"acme\"}",
                                        start + ",\"tenant\":\"b\"}",
                                        "{\"tenant\":\"acme\",\"event_time\":\"yesterday\"}")))
                        .malformed())
                .satisfiesExactly(
                        message -> assertThat(message).isEqualTo("own.jsonl, line 1, column 42: unknown key 'tokens'"),
                        message -> assertThat(message)
                                .isEqualTo("own.jsonl, line 2, column 52: unknown key 'version.promt'"),
                        message -> assertThat(message)
                                .isEqualTo("own.jsonl, line 3, column 42: status = 'BAD' must be one of "
                                        + "[UNKNOWN, OK, ERROR, TIMEOUT, CANCELLED]"),
                        message -> assertThat(message)
                                .isEqualTo("own.jsonl, line 4, column 49: output_tokens = '-3' must be >= 0"),
                        message -> assertThat(message)
                                .isEqualTo(
                                        "own.jsonl, line 5, column 40: turn = '2147483648' must be a whole number in "
                                                + "[-2147483648, 2147483647]"),
                        message -> assertThat(message)
                                .isEqualTo("own.jsonl, line 6, column 43: refused = 'no' must be true or false"),
                        message -> assertThat(message)
                                .startsWith("own.jsonl, line 7, column 48: inference_id = 'x' must be '")
                                .endsWith("it may be left out"),
                        message -> assertThat(message)
                                .isEqualTo("own.jsonl, line 8, column 1: tenant = '' must not be empty"),
                        message -> assertThat(message).contains("line 9").endsWith("event_time is missing"),
                        message -> assertThat(message).contains("line 10").containsIgnoringCase("duplicate field"),
                        message -> assertThat(message)
                                .isEqualTo(
                                        "own.jsonl, line 11, column 31: event_time = 'yesterday' must be microseconds "
                                                + "since the epoch or such as 2026-01-01T00:00:00Z"));
    }

    private Trace only(String line) throws IOException {
        Reading reading = read(line);
        assertThat(reading.malformed()).isEmpty();
        return reading.traces().get(0);
    }

    private Reading read(String content) throws IOException {
        return Reading.of("tidemark", Reading.plain(folder, "own.jsonl", content), ReplayOptions.DEFAULT);
    }
}
