package io.tidemark.cli.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.cli.CommandFailure;
import io.tidemark.contracts.avro.InferenceStatus;
import io.tidemark.contracts.avro.Trace;
import io.tidemark.testing.SharedData;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScenarioFormatTest {

    private static final String HEADER = "seq,offset_ms,tenant,model_version,prompt_version,text_source,text_id,intent,"
            + "context_tokens,generated_tokens,error,drifted\n";
    private static final String ROW = "0,4314,tenant-a,base-1.3/ft-20,p7,clinc,7,traffic,374,44,1,0\n";

    @TempDir
    Path folder;

    @Test
    void aRowIsATrace() throws IOException {
        Trace trace = read(HEADER + ROW, ReplayOptions.DEFAULT).traces().get(0);
        assertThat(trace.getEventTime()).isEqualTo(Instant.parse("2026-01-01T00:00:04.314Z"));
        assertThat(trace.getTenant()).isEqualTo("tenant-a");
        assertThat(trace.getVersion().getBaseModel()).isEqualTo("base-1.3");
        assertThat(trace.getVersion().getFineTune()).isEqualTo("ft-20");
        assertThat(trace.getVersion().getPrompt()).isEqualTo("p7");
        assertThat(trace.getVersion().getServing()).isEqualTo("unknown");
        assertThat(trace.getIntent()).isEqualTo("traffic");
        assertThat(trace.getInputTokens()).isEqualTo(374);
        assertThat(trace.getStatus()).isEqualTo(InferenceStatus.ERROR);
        assertThat(trace.getPromptText()).isNull();
        assertThat(trace.getSamplingWeight()).isNull();
    }

    @Test
    void theTextIsTheRowOfThatIdInTheFileOfThatSource() throws IOException {
        Reading.gzip(
                folder,
                "clinc150.jsonl.gz",
                "{\"id\": 6, \"text\": \"six\"}\n{\"id\": 7, \"text\": \"sept\u2028sieben\"}\n");
        Reading.gzip(folder, "other.jsonl.gz", "{\"id\": 7, \"text\": \"wrong\"}\n");
        Trace trace = read(HEADER + ROW, ReplayOptions.DEFAULT.withTexts(folder))
                .traces()
                .get(0);
        assertThat(trace.getPromptText()).isEqualTo("sept\u2028sieben");
        assertThat(trace.getSamplingWeight()).isEqualTo(1.0);
    }

    @Test
    void aTextThatIsNotThereIsAMalformedLine() throws IOException {
        Reading.gzip(folder, "clinc150.jsonl.gz", "{\"id\": 6, \"text\": \"six\"}\n");
        assertThat(read(HEADER + ROW, ReplayOptions.DEFAULT.withTexts(folder)).malformed())
                .containsExactly("s.csv, line 2, column 7: text_id = '7' names no row of the text file of 'clinc'");
    }

    @Test
    void aSourceWithoutOneFileIsRefusedInOneSentence() {
        assertThatThrownBy(() -> read(HEADER + ROW, ReplayOptions.DEFAULT.withTexts(folder)))
                .isInstanceOf(CommandFailure.class)
                .hasMessage(
                        "folder of texts '%s' must hold one .jsonl.gz file whose name begins with 'clinc', holds 0",
                        folder);
    }

    @Test
    void anErrorFlagThatIsNeitherIsMalformedAndAnEmptyOneUnknown() throws IOException {
        Reading reading = read(
                HEADER
                        + "0,1,tenant-a,m,p7,clinc,7,traffic,374,44,2,0\n"
                        + "0,1,tenant-a,m,p7,clinc,7,,,44,,0\n"
                        + "0,1,,m,p7,clinc,7,traffic,374,44,0,0\n",
                ReplayOptions.DEFAULT);
        assertThat(reading.malformed())
                .containsExactly(
                        "s.csv, line 2, column 11: error = '2' must be 0 or 1",
                        "s.csv, line 4, column 3: tenant = '' is empty");
        Trace trace = reading.traces().get(0);
        assertThat(trace.getStatus()).isEqualTo(InferenceStatus.UNKNOWN);
        assertThat(trace.getIntent()).isEqualTo("unknown");
        assertThat(trace.getVersion().getFineTune()).isEqualTo("unknown");
        assertThat(trace.getInputTokens()).isNull();
    }

    @Test
    void theRecordedScenarioIsReadWholeWithItsTexts() {
        Reading reading = Reading.of(
                "scenario",
                SharedData.file("data/scenarios/s1_domain_switch_one_tenant.csv.gz"),
                ReplayOptions.DEFAULT.withTexts(SharedData.file("data/text")));
        assertThat(reading.malformed()).isEmpty();
        Map<String, Long> tenants = reading.traces().stream()
                .collect(Collectors.groupingBy(
                        trace -> trace.getTenant() + " " + trace.getVersion().getPrompt(), Collectors.counting()));
        assertThat(tenants)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "tenant-a p7", 5_126L, "tenant-a p8", 4_568L, "tenant-b p7", 5_803L, "tenant-c p7", 3_869L));
        assertThat(reading.traces()).allMatch(trace -> trace.getPromptText() != null);
    }

    private Reading read(String content, ReplayOptions options) throws IOException {
        return Reading.of("scenario", Reading.plain(folder, "s.csv", content), options);
    }
}
