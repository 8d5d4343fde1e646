package io.tidemark.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/**
 * A temporary folder that goes with the benchmark.
 *
 * @param path where it is
 */
public record ScratchFolder(Path path) implements AutoCloseable {

    /** A new folder. */
    public static ScratchFolder create() throws IOException {
        return new ScratchFolder(Files.createTempDirectory("tidemark-benchmark-"));
    }

    @Override
    public void close() throws IOException {
        List<Path> deepestFirst;
        try (var paths = Files.walk(path)) {
            deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : deepestFirst) {
            Files.deleteIfExists(each);
        }
    }
}
