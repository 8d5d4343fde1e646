package io.tidemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything that can be wrong before anything is started: one sentence, and an exit code that is not 0. */
class BadInputTest {

    private static final String HUGE_MEBIBYTES = "999999999999";

    @TempDir
    private Path directory;

    private final StringWriter error = new StringWriter();
    private final StringWriter output = new StringWriter();

    private int run(String... arguments) {
        return Tidemark.commandLine()
                .setOut(new PrintWriter(output, true))
                .setErr(new PrintWriter(error, true))
                .execute(arguments);
    }

    private void failsSaying(String sentence, String... arguments) {
        assertThat(run(arguments)).isNotZero();
        List<String> lines = error.toString().lines().toList();
        assertThat(lines.get(lines.size() - 1)).startsWith("tidemark: ").contains(sentence);
        assertThat(error.toString()).doesNotContain("\tat ");
    }

    @Test
    void anUnknownFormatNamesTheKnownOnes() throws Exception {
        Path file = Files.writeString(directory.resolve("traces.csv"), "x\n");
        failsSaying(
                "format 'csv' is unknown; known are azure-llm, mooncake, scenario, tidemark",
                "replay",
                file.toString(),
                "--format",
                "csv");
    }

    @Test
    void aMissingFileIsNamed() {
        String file = directory.resolve("nothing.csv").toString();
        failsSaying("file '%s' does not exist".formatted(file), "replay", file, "--format", "azure-llm");
    }

    @Test
    void aReplayWithoutAStackSaysHowToGetOne() throws Exception {
        Path file = Files.writeString(directory.resolve("traces.csv"), "TIMESTAMP,ContextTokens,GeneratedTokens\n");
        failsSaying(
                "no stack is running in",
                "replay",
                file.toString(),
                "--format",
                "azure-llm",
                "--data",
                directory.resolve("data").toString());
    }

    @Test
    void aFullDiskEndsBeforeAnythingIsStarted() {
        failsSaying(
                "is full", "up", "--data", directory.resolve("data").toString(), "--minimum-free-disk", HUGE_MEBIBYTES);
    }

    @Test
    void aQueryWithoutDataSaysSo() {
        failsSaying(
                "there is no data in",
                "query",
                "SELECT 1",
                "--data",
                directory.resolve("data").toString());
    }

    @Test
    void aNegativeSpeedIsRefused() {
        failsSaying("--speed = '-1.0' must be 0 or a positive number", "replay", "f", "--format", "x", "--speed", "-1");
    }

    @Test
    void anUnknownOptionAndAMissingCommandAreRefused() {
        failsSaying("Unknown option: '--nonsense'", "query", "SELECT 1", "--nonsense");
    }

    @Test
    void versionNamesTheBuild() {
        assertThat(run("--version")).isZero();
        assertThat(output.toString()).contains("tidemark ", "(build ");
    }

    @Test
    void everyCommandHasHelp() {
        for (String command : Tidemark.commandLine().getSubcommands().keySet()) {
            assertThat(run(command, "--help")).as(command).isZero();
        }
        assertThat(output.toString()).contains("Usage: tidemark replay");
    }
}
