package io.tidemark.benchmarks.job;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;

/** Size of the largest checkpoint of a job that runs, each read once. Not thread-safe. */
public final class LargestCheckpoint {

    private final Path state;
    private final Predicate<String> operators;
    private final Set<Path> seen = new HashSet<>();
    private long bytes;

    /**
     * Looks at a job.
     *
     * @param state its state directory
     * @param operators ids of the operators whose state counts
     */
    public LargestCheckpoint(Path state, Predicate<String> operators) {
        this.state = state;
        this.operators = operators;
    }

    /** Looks at the checkpoints that are new. */
    public void look() {
        try (Stream<Path> paths = Files.walk(state, 2)) {
            List<Path> ready = paths.filter(
                            path -> path.getFileName().toString().startsWith("chk-"))
                    .filter(path -> Files.exists(path.resolve("_metadata")))
                    .toList();
            for (Path checkpoint : ready) {
                if (!seen.contains(checkpoint)) {
                    bytes = Math.max(bytes, size(checkpoint));
                    seen.add(checkpoint);
                }
            }
        } catch (UncheckedIOException | IOException e) {
            return; // Flink writes new checkpoints and deletes old ones meanwhile; the next look will do
        }
    }

    private long size(Path checkpoint) throws IOException {
        try (DataInputStream metadata = new DataInputStream(Files.newInputStream(checkpoint.resolve("_metadata")))) {
            ClassLoader classes = LargestCheckpoint.class.getClassLoader();
            return Checkpoints.loadCheckpointMetadata(metadata, classes, checkpoint.toString())
                    .getOperatorStates()
                    .stream()
                    .filter(operator -> operators.test(operator.getOperatorUid().orElse("")))
                    .mapToLong(OperatorState::getStateSize)
                    .sum();
        }
    }

    /** Bytes; 0 before the first checkpoint. */
    public long bytes() {
        return bytes;
    }
}
