package io.tidemark.cli.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayFileTest {

    @TempDir
    Path folder;

    @Test
    void identityIsTheContent() throws IOException {
        ReplayFile plain = ReplayFile.open(Reading.plain(folder, "a", "abc\ndef"));
        ReplayFile packed = ReplayFile.open(Reading.gzip(folder, "b.gz", "abc\ndef"));
        // printf 'abc\ndef' | sha256sum
        assertThat(plain.contentHash()).isEqualTo("d53d6b91af7caf8fe3d8021f116270137c0079d579a1e16965da80c2ed138ffb");
        assertThat(packed.contentHash()).isEqualTo(plain.contentHash());
        assertThat(plain.lines()).isEqualTo(2);
    }

    @Test
    void whatCannotBeReadIsSaidInOneSentence() throws IOException {
        Path missing = folder.resolve("none.csv");
        assertThatThrownBy(() -> ReplayFile.open(missing))
                .isInstanceOf(CommandFailure.class)
                .hasMessage("file '%s' does not exist", missing);
        assertThatThrownBy(() -> ReplayFile.open(folder))
                .isInstanceOf(CommandFailure.class)
                .hasMessage("'%s' is not a file", folder);
        byte[] whole = Files.readAllBytes(Reading.gzip(folder, "b.gz", "abc\n".repeat(1_000)));
        Path cut = Files.write(folder.resolve("cut.gz"), Arrays.copyOf(whole, whole.length - 9));
        assertThatThrownBy(() -> ReplayFile.open(cut))
                .isInstanceOf(CommandFailure.class)
                .hasMessageStartingWith("file '%s' is a damaged gzip file: ".formatted(cut));
        assertThatThrownBy(() -> ReplayFormats.named("nope"))
                .isInstanceOf(CommandFailure.class)
                .hasMessage("format 'nope' is unknown; known are azure-llm, mooncake, scenario, tidemark, otlp");
    }

    @Test
    void aLineLongerThanTheBufferIsReadAndOneWithoutEndIsRefused() throws Exception {
        String longLine = "x".repeat(300_000);
        try (LineReader lines =
                new LineReader(ReplayFile.open(Reading.plain(folder, "a", "1\n" + longLine + "\n3\n")))) {
            assertThat(lines.next()).isTrue();
            assertThat(lines.next()).isTrue();
            assertThat(lines.text()).isEqualTo(longLine);
            assertThat(lines.next()).isTrue();
            assertThat(lines.text()).isEqualTo("3");
            assertThat(lines.next()).isFalse();
        }
        String endless = "x".repeat(LineReader.MAXIMUM_LINE_BYTES + 1);
        try (LineReader lines = new LineReader(ReplayFile.open(Reading.plain(folder, "b", endless + "\n2\n")))) {
            assertThatThrownBy(lines::next)
                    .isInstanceOf(MalformedLineException.class)
                    .hasMessage("b, line 1, column 1: the line is longer than 16777216 bytes");
            assertThat(lines.next()).isTrue();
            assertThat(lines.text()).isEqualTo("2");
            assertThat(lines.number()).isEqualTo(2);
        }
    }
}
