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
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} of each part in the middle of a replay: nothing is lost, nothing counts twice. */
class KilledPartIT {

    private static final String FILE = "data/traces/azure_llm_2023_conv.csv.gz";
    private static final long TRACES = 19_366;

    private static final List<String> PARTS =
            List.of(PartNames.BROKER, PartNames.SINK, PartNames.CLICKHOUSE, PartNames.JOBS);

    /** The hour of the file in 90 seconds: long enough to be in the middle of it at the last kill. */
    private static final String SPEED = "40";

    private static final long STORED_BETWEEN_KILLS = 1_000;
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

    @Test
    void partsThatAreKilledOneAfterTheOtherChangeNoAnswer() throws IOException, InterruptedException {
        Path data = directory.resolve("killed");
        try (CliProcess replay = CliProcess.start(
                directory.resolve("killed.log"),
                "replay",
                SharedData.file(FILE),
                "--format",
                "azure-llm",
                "--speed",
                SPEED,
                "--embedded",
                "--data",
                data)) {
            long stored = 0;
            for (String part : PARTS) {
                stored = awaitMoreThan(stored + STORED_BETWEEN_KILLS, replay, new DataDirectory(data));
                kill(part, new DataDirectory(data));
            }
            assertThat(replay.await()).as(replay.output()).isZero();
            assertThat(replay.output().split(" died and is started again", -1)).hasSize(PARTS.size() + 1);
        }
        assertThat(answers(data)).isEqualTo(cleanAnswers);
    }

    /** Rows get on again before the next kill: what a part before it did has been mended by then. */
    private static long awaitMoreThan(long rows, CliProcess replay, DataDirectory data) {
        AtomicLong stored = new AtomicLong();
        await().atMost(PATIENCE).until(() -> {
            assertThat(replay.isAlive()).as(replay.output()).isTrue();
            stored.set(stored(data).orElse(0L));
            return stored.get() > rows;
        });
        assertThat(stored.get()).as("the replay was over before the kill").isLessThan(TRACES);
        return stored.get();
    }

    private static void kill(String part, DataDirectory data) {
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
