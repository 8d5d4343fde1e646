package io.tidemark.stack.clickhouse;

import io.tidemark.stack.StackException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Finds libchdb on this machine. */
public final class EngineLibrary {

    private static final String FILE = "libchdb.so";
    private static final String FOLDER = "local/stack/clickhouse-engine";
    private static final List<String> PLATFORMS =
            List.of("linux-x64-gnu", "linux-arm64-gnu", "darwin-arm64", "darwin-x64");

    private EngineLibrary() {}

    /**
     * The library named by the environment variable {@code CHDB_LIBCHDB_PATH}, else the one that npm put into the engine folder:
     * the system property {@code tidemark.engine.dir}, or {@code local/stack/clickhouse-engine} of the checkout that the working
     * directory lies in.
     *
     * @throws StackException when there is none; the message says how to get it
     */
    public static Path find() {
        return find(
                System.getenv(),
                System.getProperty("tidemark.engine.dir"),
                Path.of("").toAbsolutePath());
    }

    static Path find(Map<String, String> environment, String engineDirectory, Path workingDirectory) {
        String named = environment.get("CHDB_LIBCHDB_PATH");
        if (named != null) {
            return existing(Path.of(named), "CHDB_LIBCHDB_PATH");
        }
        Path folder = engineDirectory != null ? Path.of(engineDirectory) : folderAbove(workingDirectory);
        for (String platform : PLATFORMS) {
            Path library = folder.resolve("node_modules/@chdb/lib-" + platform).resolve(FILE);
            if (Files.exists(library)) {
                return library;
            }
        }
        throw new StackException(
                ("The ClickHouse engine (libchdb) is not in %s; run `npm ci --ignore-scripts` there, or build once "
                                + "with Maven, or set clickhouse.url to a running ClickHouse server.")
                        .formatted(folder));
    }

    private static Path existing(Path library, String setting) {
        if (!Files.exists(library)) {
            throw new StackException("%s = '%s' does not exist; it must name a libchdb.so of version 26.7.3."
                    .formatted(setting, library));
        }
        return library;
    }

    private static Path folderAbove(Path workingDirectory) {
        for (Path folder = workingDirectory; folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve(FOLDER).resolve("package.json"))) {
                return folder.resolve(FOLDER);
            }
        }
        throw new StackException(("No folder %s was found above %s; run inside a checkout of Tidemark, or set "
                        + "-Dtidemark.engine.dir to that folder, or CHDB_LIBCHDB_PATH to a libchdb.so.")
                .formatted(FOLDER, workingDirectory));
    }
}
