package io.tidemark.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.cli.CommandFailure;
import io.tidemark.cli.query.SqlClient;
import io.tidemark.cli.stack.DataDirectory;
import io.tidemark.cli.stack.PartNames;
import io.tidemark.cli.stack.StackState;
import io.tidemark.testing.SharedData;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code kill -9} of a part in the middle of a replay: nothing is lost, nothing counts twice. */
class KilledPartIT {

    private static final String FILE = "data/traces/azure_llm_2023_conv.csv.gz";
    private static final long TRACES = 19_366;

    /** The hour of the file in 24 seconds: long enough to be in the middle of it. */
    private static final String SPEED = "150";

    private static final long STORED_BEFORE_THE_KILL = 2_000;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    private static Path directory;

    private static List<String> cleanAnswers;

    @BeforeAll
    static void replayWithoutAnAccident() {
        Path data = directory.resolve("clean");
        Cli replay = Cli.run("replay", SharedData.file(FILE), "--format", "azure-llm", "--embedded", "--data", data);
        assertThat(replay.exitCode()).as(replay.error()).isZero();
        cleanAnswers = answers(data);
    }

    @ParameterizedTest
    @ValueSource(strings = {PartNames.BROKER, PartNames.SINK, PartNames.CLICKHOUSE, PartNames.JOBS})
    void aKilledPartChangesNoAnswer(String part) throws IOException, InterruptedException {
        Path data = directory.resolve(part.replace(' ', '-'));
        try (CliProcess replay = CliProcess.start(
                directory.resolve(part.replace(' ', '-') + ".log"),
                "replay",
                SharedData.file(FILE),
                "--format",
                "azure-llm",
                "--speed",
                SPEED,
                "--embedded",
                "--data",
                data)) {
            killWhenSomeTracesAreStored(replay, new DataDirectory(data), part);
            assertThat(replay.await()).as(replay.output()).isZero();
            assertThat(replay.output()).contains(" died and is started again");
        }
        assertThat(answers(data)).isEqualTo(cleanAnswers);
    }

    private static void killWhenSomeTracesAreStored(CliProcess replay, DataDirectory data, String part) {
        await().atMost(PATIENCE).until(() -> {
            assertThat(replay.isAlive()).as(replay.output()).isTrue();
            return stored(data).orElse(0L) >= STORED_BEFORE_THE_KILL;
        });
        assertThat(stored(data).orElseThrow())
                .as("the replay was over before the kill")
                .isLessThan(TRACES);
        long pid = StackState.ofRunning(data).orElseThrow().parts().stream()
                .filter(each -> each.name().startsWith(part))
                .findFirst()
                .orElseThrow()
                .pid();
        assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();
    }

    private static Optional<Long> stored(DataDirectory data) {
        return StackState.ofRunning(data).map(state -> {
            try {
                JsonNode row = new SqlClient(state.endpoints().clickHouse())
                        .rows("SELECT count() AS stored FROM traces")
                        .get(0);
                return row.path("stored").asLong();
            } catch (CommandFailure e) {
                return 0L;
            }
        });
    }

    private static List<String> answers(Path data) {
        Cli windows = Cli.run("query", Answers.WINDOWS, "--data", data);
        Cli traces = Cli.run("query", Answers.TRACES, "--data", data);
        assertThat(windows.exitCode()).as(windows.error()).isZero();
        assertThat(traces.output()).isEqualTo("%d\t%d\n".formatted(TRACES, TRACES));
        return List.of(windows.output(), traces.output());
    }
}
