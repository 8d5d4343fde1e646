package io.tidemark.jobs.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LatestCheckpointTest {

    @TempDir
    Path directory;

    @Test
    void theHighestCompleteCheckpointOfAnyJobIsTaken() throws Exception {
        checkpoint("job-a/chk-9", true);
        checkpoint("job-b/chk-12", true);
        checkpoint("job-b/chk-13", false);
        checkpoint("job-b/shared", true);

        assertThat(LatestCheckpoint.under(directory)).contains(directory.resolve("job-b/chk-12"));
    }

    @Test
    void withoutADirectoryThereIsNone() throws Exception {
        assertThat(LatestCheckpoint.under(directory.resolve("missing"))).isEmpty();
    }

    private void checkpoint(String name, boolean complete) throws Exception {
        Path path = Files.createDirectories(directory.resolve(name));
        if (complete) {
            Files.writeString(path.resolve("_metadata"), "");
        }
    }
}
