package io.tidemark.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

class SharedDataTest {

    @TempDir
    private Path root;

    @Test
    void theNearestFolderAboveIsFound() throws Exception {
        Files.createDirectories(root.resolve("shared/data"));
        Path module = Files.createDirectories(root.resolve("checkout/sink"));
        assertThat(SharedData.folder(null, Map.of(), module)).contains(root.resolve("shared"));
    }

    @Test
    void aSettingGoesBeforeTheSearch() {
        assertThat(SharedData.folder(null, Map.of("TIDEMARK_SHARED", "elsewhere"), root))
                .contains(Path.of("elsewhere"));
        assertThat(SharedData.folder("here", Map.of("TIDEMARK_SHARED", "elsewhere"), root))
                .contains(Path.of("here"));
    }

    @Test
    void aMissingFileSkipsTheTestAndSaysWhy() {
        assertThatThrownBy(() -> SharedData.file("data/no-such-file.csv"))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("data/no-such-file.csv")
                .hasMessageContaining("TIDEMARK_SHARED");
    }
}
