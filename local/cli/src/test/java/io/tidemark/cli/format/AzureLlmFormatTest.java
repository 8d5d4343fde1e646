package io.tidemark.cli.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.cli.CommandFailure;
import io.tidemark.contracts.InferenceIds;
import io.tidemark.contracts.avro.InferenceStatus;
import io.tidemark.contracts.avro.Trace;
import io.tidemark.contracts.avro.TrafficRole;
import io.tidemark.testing.SharedData;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AzureLlmFormatTest {

    private static final String HEADER = "TIMESTAMP,ContextTokens,GeneratedTokens\n";

    @TempDir
    Path folder;

    @Test
    void aRowIsATraceWhoseUnknownsStayUnknown() throws IOException {
        Trace trace = only(read(HEADER + "2023-11-16 18:15:46.6805900,374,44\n"));
        assertThat(trace.getEventTime()).isEqualTo(Instant.parse("2023-11-16T18:15:46.680590Z"));
        assertThat(trace.getInputTokens()).isEqualTo(374);
        assertThat(trace.getOutputTokens()).isEqualTo(44);
        assertThat(trace.getTenant()).isEqualTo("azure-llm");
        assertThat(trace.getVersion().getBaseModel()).isEqualTo("unknown");
        assertThat(trace.getRole()).isEqualTo(TrafficRole.PRODUCTION);
        assertThat(trace.getStatus()).isEqualTo(InferenceStatus.UNKNOWN);
        assertThat(trace.getCostNanoUsd()).isNull();
        assertThat(trace.getInferenceId()).isEqualTo(InferenceIds.inferenceId("azure-llm", trace.getTraceId(), ""));
    }

    @Test
    void anEmptyCellIsUnknownAndNotZero() throws IOException {
        Trace trace = only(read(HEADER + "2023-11-16 18:15:46,,0\n"));
        assertThat(trace.getInputTokens()).isNull();
        assertThat(trace.getOutputTokens()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "2023-11-16 18:15:46.6805909, 2023-11-16T18:15:46.680590Z",
        "2023-11-16 18:15:46.68, 2023-11-16T18:15:46.680Z",
        "2023-11-16 18:15:46, 2023-11-16T18:15:46Z",
        "2024-05-10 00:00:00.009930+00:00, 2024-05-10T00:00:00.009930Z",
        "2024-02-29T23:59:59.999999999Z, 2024-02-29T23:59:59.999999Z",
        "1969-12-31 23:59:59.5, 1969-12-31T23:59:59.500Z",
    })
    void timesAreReadToTheMicrosecond(String text, Instant expected) throws IOException {
        assertThat(only(read(HEADER + text + ",1,1\n")).getEventTime()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "2023-02-29 00:00:00",
        "2023-13-01 00:00:00",
        "2023-11-16 24:00:00",
        "2023-11-16 18:15",
        "2023-11-16 18:15:46.",
        "2023-11-16 18:15:46.12x",
        "16/11/2023 18:15:46",
        "2023-11-16 18:15:46+01:00"
    })
    void aTimeThatIsNoneIsMalformed(String text) throws IOException {
        assertThat(read(HEADER + text + ",1,1\n").malformed())
                .containsExactly(("conv.csv, line 2, column 1: TIMESTAMP = '%s' must be a UTC time such as "
                                + "2023-11-16 18:15:46.6805900")
                        .formatted(text));
    }

    @Test
    void aMalformedLineNamesItsPlaceAndLosesNothingElse() throws IOException {
        Reading reading = read(HEADER
                + "2023-11-16 18:15:46,1,1\n"
                + "2023-11-16 18:15:47,1,many\n"
                + "2023-11-16 18:15:48,1\n"
                + "2023-11-16 18:15:49,-4,1\n"
                + "2023-11-16 18:15:50,99999999999999999999,1\n"
                + "\n"
                + "2023-11-16 18:15:51,7,8");
        assertThat(reading.malformed())
                .containsExactly(
                        "conv.csv, line 3, column 3: GeneratedTokens = 'many' must be a whole number >= 0",
                        "conv.csv, line 4, column 2: the line has 2 cells, the header has 3",
                        "conv.csv, line 5, column 2: ContextTokens = '-4' must be a whole number >= 0",
                        "conv.csv, line 6, column 2: ContextTokens = '99999999999999999999' must be a whole number >= 0");
        assertThat(reading.traces()).extracting(Trace::getInputTokens).containsExactly(1L, 7L);
    }

    @Test
    void columnOrderQuotesCarriageReturnsAndByteOrderMarkDoNotMatter() throws IOException {
        Trace trace = only(
                read(
                        "\uFEFF\"GeneratedTokens\",extra,ContextTokens,TIMESTAMP\r\n\"44\",\"a,\"\"b\"\"\",374,2023-11-16 18:15:46\r\n"));
        assertThat(trace.getInputTokens()).isEqualTo(374);
        assertThat(trace.getOutputTokens()).isEqualTo(44);
    }

    @Test
    void idsFollowTheContentAndNotNameOrCompression() throws IOException {
        String content = HEADER + "2023-11-16 18:15:46,1,1\n2023-11-16 18:15:46,1,1\n";
        List<String> plain = ids(Reading.plain(folder, "a.csv", content));
        assertThat(plain).hasSize(2).doesNotHaveDuplicates();
        assertThat(ids(Reading.gzip(folder, "b.bin", content))).isEqualTo(plain);
        assertThat(ids(Reading.plain(folder, "c.csv", content + "\n"))).doesNotContainAnyElementsOf(plain);
    }

    @Test
    void tenantAndBaseModelCanBeGiven() throws IOException {
        Path path = Reading.plain(folder, "conv.csv", HEADER + "2023-11-16 18:15:46,1,1\n");
        ReplayOptions options = ReplayOptions.DEFAULT.withTenant("acme").withBaseModel("gpt-4o");
        Trace trace = only(Reading.of("azure-llm", path, options));
        assertThat(trace.getTenant()).isEqualTo("acme");
        assertThat(trace.getVersion().getBaseModel()).isEqualTo("gpt-4o");
    }

    @Test
    void aFileOfAnotherFormatIsRefusedInOneSentence() throws IOException {
        Path path = Reading.plain(folder, "conv.csv", "TIMESTAMP,Tokens\n1,2\n");
        assertThatThrownBy(() -> Reading.of("azure-llm", path, ReplayOptions.DEFAULT))
                .isInstanceOf(CommandFailure.class)
                .hasMessage(
                        "file '%s' is not of the format azure-llm: its first line must name the column "
                                + "ContextTokens, GeneratedTokens",
                        path);
    }

    @Test
    void theRecordedConversationTraceIsReadWhole() {
        Reading reading = Reading.of(
                "azure-llm", SharedData.file("data/traces/azure_llm_2023_conv.csv.gz"), ReplayOptions.DEFAULT);
        assertThat(reading.malformed()).isEmpty();
        assertThat(reading.traces()).hasSize(19_366);
        assertThat(reading.traces().get(0).getEventTime()).isEqualTo(Instant.parse("2023-11-16T18:15:46.680590Z"));
        assertThat(reading.traces().get(19_365).getEventTime()).isEqualTo(Instant.parse("2023-11-16T19:14:08.402527Z"));
        assertThat(reading.traces()).extracting(Trace::getInferenceId).doesNotHaveDuplicates();
    }

    private Reading read(String content) throws IOException {
        return Reading.of("azure-llm", Reading.plain(folder, "conv.csv", content), ReplayOptions.DEFAULT);
    }

    private static List<String> ids(Path path) {
        return Reading.of("azure-llm", path, ReplayOptions.DEFAULT).traces().stream()
                .map(Trace::getInferenceId)
                .toList();
    }

    private static Trace only(Reading reading) {
        assertThat(reading.malformed()).isEmpty();
        assertThat(reading.traces()).hasSize(1);
        return reading.traces().get(0);
    }
}
