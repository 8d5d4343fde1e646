package io.tidemark.jobs.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;

/**
 * States of operators as released versions wrote them; every later version must go on from them. A new file is written with
 * {@code -Dtidemark.state.write=true}, under the number of the next release; one that is there is never written again.
 */
public final class ReleasedState {

    private static final Path FOLDER = Path.of("src/test/resources/state");

    private ReleasedState() {}

    /**
     * The state of a release.
     *
     * @param name operator and number of the release
     * @param present what this build would write
     */
    public static OperatorSubtaskState of(String name, OperatorSubtaskState present)
            throws IOException, ClassNotFoundException {
        Path file = FOLDER.resolve(name + ".state");
        if (Boolean.getBoolean("tidemark.state.write") && !Files.exists(file)) {
            Files.createDirectories(FOLDER);
            OperatorSnapshotUtil.writeStateHandle(present, file.toString());
        }
        return OperatorSnapshotUtil.readStateHandle(file.toString());
    }
}
