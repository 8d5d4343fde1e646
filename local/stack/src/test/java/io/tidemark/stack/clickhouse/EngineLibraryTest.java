package io.tidemark.stack.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.stack.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineLibraryTest {

    private static final String INSTALLED = "node_modules/@chdb/lib-linux-x64-gnu/libchdb.so";

    @TempDir
    private Path root;

    @Test
    void theEnvironmentNamesTheLibrary() throws IOException {
        Path library = touch(root.resolve("libchdb.so"));
        assertThat(EngineLibrary.find(Map.of("CHDB_LIBCHDB_PATH", library.toString()), null, root))
                .isEqualTo(library);
        assertThatThrownBy(() -> EngineLibrary.find(Map.of("CHDB_LIBCHDB_PATH", "/no/such"), null, root))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("CHDB_LIBCHDB_PATH = '/no/such' does not exist");
    }

    @Test
    void theEngineFolderOfTheCheckoutIsFoundFromAModule() throws IOException {
        Path engine = root.resolve("checkout/local/stack/clickhouse-engine");
        touch(engine.resolve("package.json"));
        Path library = touch(engine.resolve(INSTALLED));
        Path module = Files.createDirectories(root.resolve("checkout/sink/target"));
        assertThat(EngineLibrary.find(Map.of(), null, module)).isEqualTo(library);
        assertThat(EngineLibrary.find(Map.of(), engine.toString(), root)).isEqualTo(library);
    }

    @Test
    void aFolderWithoutTheLibrarySaysHowToGetIt() throws IOException {
        touch(root.resolve("local/stack/clickhouse-engine/package.json"));
        assertThatThrownBy(() -> EngineLibrary.find(Map.of(), null, root))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("npm ci --ignore-scripts");
    }

    @Test
    void outsideOfACheckoutTheMessageNamesTheSettings() {
        assertThatThrownBy(() -> EngineLibrary.find(Map.of(), null, root))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("tidemark.engine.dir")
                .hasMessageContaining("CHDB_LIBCHDB_PATH");
    }

    private static Path touch(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.createFile(file);
    }
}
