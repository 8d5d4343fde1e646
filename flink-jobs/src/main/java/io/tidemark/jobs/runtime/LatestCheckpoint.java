package io.tidemark.jobs.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds where a job that was stopped, or killed, goes on. */
public final class LatestCheckpoint {

    private static final String PREFIX = "chk-";
    private static final String METADATA = "_metadata";

    private LatestCheckpoint() {}

    /**
     * The completed checkpoint with the highest number under a directory of checkpoints; a restored job counts on from the
     * number that it was restored from. Empty when there is none.
     *
     * @throws IOException when the directory cannot be read
     */
    public static Optional<Path> under(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return Optional.empty();
        }
        try (Stream<Path> paths = Files.walk(directory, 2)) {
            return paths.filter(LatestCheckpoint::isComplete)
                    .max(Comparator.comparingLong(LatestCheckpoint::number)
                            .thenComparing(path -> path.toFile().lastModified()));
        }
    }

    private static boolean isComplete(Path path) {
        return path.getFileName().toString().matches(PREFIX + "\\d+") && Files.isRegularFile(path.resolve(METADATA));
    }

    private static long number(Path path) {
        return Long.parseLong(path.getFileName().toString().substring(PREFIX.length()));
    }
}
