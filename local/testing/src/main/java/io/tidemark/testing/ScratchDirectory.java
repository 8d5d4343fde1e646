package io.tidemark.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A data directory of shared infrastructure, in the build folder, deleted when the tests are over. */
final class ScratchDirectory implements AutoCloseable {

    private final Path path;

    private ScratchDirectory(Path path) {
        this.path = path;
    }

    static ScratchDirectory create(String prefix) {
        try {
            Path build = Files.createDirectories(Path.of("target").toAbsolutePath());
            return new ScratchDirectory(Files.createTempDirectory(build, prefix));
        } catch (IOException e) {
            throw new UncheckedIOException("No data directory for tests can be created in the folder target", e);
        }
    }

    Path path() {
        return path;
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(path)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The data directory %s of a test cannot be deleted".formatted(path), e);
        }
    }
}
