package io.tidemark.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/**
 * Files of the folder {@code shared}, which lies beside the checkout and is no part of it: recorded traffic and reference results.
 *
 * <p>The folder is named by the system property {@code tidemark.shared} or the environment variable {@code TIDEMARK_SHARED}, or is
 * the nearest folder {@code shared} with a folder {@code data} at or above the working directory.
 */
public final class SharedData {

    private SharedData() {}

    /**
     * A file or folder of the shared data. Aborts the test, which then counts as skipped, with a message that names the file when
     * it is not there.
     *
     * @param relative path below {@code shared}, such as {@code data/README.md}
     */
    public static Path file(String relative) {
        Optional<Path> file = folder(
                        System.getProperty("tidemark.shared"),
                        System.getenv(),
                        Path.of("").toAbsolutePath())
                .map(folder -> folder.resolve(relative))
                .filter(Files::exists);
        return file.orElseGet(() -> Assumptions.abort(
                ("Skipped: the shared file %s was not found. Put the folder `shared` beside the checkout, or name it with "
                                + "TIDEMARK_SHARED.")
                        .formatted(relative)));
    }

    static Optional<Path> folder(String property, Map<String, String> environment, Path workingDirectory) {
        String named = property != null ? property : environment.get("TIDEMARK_SHARED");
        if (named != null) {
            return Optional.of(Path.of(named));
        }
        for (Path folder = workingDirectory; folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve("shared/data"))) {
                return Optional.of(folder.resolve("shared"));
            }
        }
        return Optional.empty();
    }
}
