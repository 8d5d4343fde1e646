package io.tidemark.benchmarks.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Size of the largest checkpoint that lies in a state directory. */
public final class LargestCheckpoint {

    private LargestCheckpoint() {}

    /** Bytes; 0 before the first one. */
    public static long bytes(Path state) {
        try (Stream<Path> paths = Files.walk(state, 2)) {
            return paths.filter(path -> path.getFileName().toString().startsWith("chk-"))
                    .filter(path -> Files.exists(path.resolve("_metadata")))
                    .mapToLong(LargestCheckpoint::size)
                    .max()
                    .orElse(0);
        } catch (UncheckedIOException | IOException e) {
            return 0; // Flink deletes old checkpoints meanwhile; the next look will do
        }
    }

    private static long size(Path checkpoint) {
        long size = 0;
        java.io.File[] files = checkpoint.toFile().listFiles();
        for (java.io.File file : files == null ? new java.io.File[0] : files) {
            size += file.length();
        }
        return size;
    }
}
