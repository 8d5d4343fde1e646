package io.tidemark.cli.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.avro.Trace;
import io.tidemark.testing.SharedData;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MooncakeFormatTest {

    private static final String ROW =
            "{\"timestamp\": 27482, \"input_length\": 6955, \"output_length\": 52, \"hash_ids\": [46, 47]}\n";

    @TempDir
    Path folder;

    @Test
    void offsetsBeginAtTheFixedEpochAndCachedTokensStayUnknown() throws IOException {
        Trace trace = read(ROW, ReplayOptions.DEFAULT).traces().get(0);
        assertThat(trace.getEventTime()).isEqualTo(Instant.parse("2026-01-01T00:00:27.482Z"));
        assertThat(trace.getInputTokens()).isEqualTo(6_955);
        assertThat(trace.getOutputTokens()).isEqualTo(52);
        assertThat(trace.getCachedTokens()).isNull();
        assertThat(trace.getSessionId()).isNull();
        assertThat(trace.getTenant()).isEqualTo("mooncake");
    }

    @Test
    void theStartCanBeMoved() throws IOException {
        Instant start = Instant.parse("2026-03-01T12:00:00Z");
        Trace trace = read(ROW, ReplayOptions.DEFAULT.withStart(start)).traces().get(0);
        assertThat(trace.getEventTime()).isEqualTo(start.plusMillis(27_482));
    }

    @Test
    void missingTokensStayUnknown() throws IOException {
        Trace trace = read("{\"timestamp\": 0, \"input_length\": null}", ReplayOptions.DEFAULT)
                .traces()
                .get(0);
        assertThat(trace.getInputTokens()).isNull();
        assertThat(trace.getOutputTokens()).isNull();
    }

    @Test
    void aMalformedLineNamesItsPlaceAndLosesNothingElse() throws IOException {
        Reading reading = read(
                ROW
                        + "{\"timestamp\": 1, \"input_length\": -1}\n"
                        + "{\"timestamp\": 1, \"input_length\": 1,}\n"
                        + "{\"input_length\": 1}\n"
                        + "[1]\n"
                        + "{\"timestamp\": \"1\"}\n"
                        + "{\"timestamp\": 1} {}\n"
                        + "{\"timestamp\": 1\n"
                        + ROW,
                ReplayOptions.DEFAULT);
        assertThat(reading.traces()).hasSize(2);
        assertThat(reading.malformed())
                .hasSize(7)
                .contains(
                        "kimi.jsonl, line 2, column 34: input_length = '-1' must be a whole number in [0, 9223372036854775807]",
                        "kimi.jsonl, line 4, column 19: timestamp is missing",
                        "kimi.jsonl, line 5, column 1: the line must hold one JSON object",
                        "kimi.jsonl, line 6, column 15: timestamp = '1' must be a whole number in [0, 31556952000000]",
                        "kimi.jsonl, line 7, column 18: the line must hold one JSON object and nothing after it");
        assertThat(reading.malformed().get(1)).startsWith("kimi.jsonl, line 3, column 36: Unexpected character ('}'");
        assertThat(reading.malformed().get(6))
                .isEqualTo("kimi.jsonl, line 8, column 16: Unexpected end-of-input: expected close marker for Object");
    }

    @Test
    void theRecordedTraceIsReadWhole() {
        Reading reading = Reading.of(
                "mooncake", SharedData.file("data/traces/mooncake_conversation.jsonl.gz"), ReplayOptions.DEFAULT);
        assertThat(reading.malformed()).isEmpty();
        assertThat(reading.traces()).hasSize(12_031);
        assertThat(reading.traces().get(12_030).getEventTime()).isEqualTo(Instant.parse("2026-01-01T00:58:56.999Z"));
    }

    private Reading read(String content, ReplayOptions options) throws IOException {
        return Reading.of("mooncake", Reading.plain(folder, "kimi.jsonl", content), options);
    }
}
