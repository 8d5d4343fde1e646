package io.tidemark.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.cli.CommandFailure;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

    private static final StackEndpoints ENDPOINTS = new StackEndpoints(
            "127.0.0.1:1",
            Map.of("a", "b"),
            "http://127.0.0.1:2",
            new ClickHouseAccess("jdbc:clickhouse:http://127.0.0.1:3/tidemark", "u", "p", "analyst", "q"));

    @TempDir
    private Path root;

    @Test
    void oneStackAtATimeHasItOpen() {
        DataDirectory directory = new DataDirectory(root);
        FileLock lock = directory.open().orElseThrow();
        assertThat(directory.open()).isEmpty();
        assertThat(directory.isOpen()).isTrue();
        DataDirectory.release(lock);
        assertThat(directory.isOpen()).isFalse();
    }

    @Test
    void theStateOfARunningStackIsFoundAndThatOfADeadOneIsNot() {
        DataDirectory directory = new DataDirectory(root);
        FileLock lock = directory.open().orElseThrow();
        StackState state = new StackState(1, ENDPOINTS, List.of(new StackState.PartState("sink", 2, Map.of())));
        state.write(directory);
        assertThat(StackState.ofRunning(directory)).contains(state);
        DataDirectory.release(lock);
        assertThat(StackState.ofRunning(directory)).isEqualTo(Optional.empty());
    }

    @Test
    void aNearlyFullDiskIsRefused() {
        assertThatThrownBy(() -> new DataDirectory(root).requireFree(Long.MAX_VALUE))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("is full");
    }

    @Test
    void deletingARunTakesItsCheckpointsOnly() throws Exception {
        DataDirectory directory = new DataDirectory(root);
        java.nio.file.Files.createDirectories(directory.checkpoints("r").resolve("chk-1"));
        java.nio.file.Files.createDirectories(directory.checkpoints("").resolve("chk-1"));
        directory.deleteRun("r");
        assertThat(directory.checkpoints("r")).doesNotExist();
        assertThat(directory.checkpoints("")).exists();
    }
}
