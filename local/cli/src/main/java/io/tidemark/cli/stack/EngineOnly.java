package io.tidemark.cli.stack;

import io.tidemark.cli.CommandFailure;
import io.tidemark.stack.EmbeddedClickHouse;
import java.nio.channels.FileLock;

/** Just the ClickHouse engine of a data directory that no stack has open. */
public final class EngineOnly implements AutoCloseable {

    private final FileLock lock;
    private final EmbeddedClickHouse engine;

    private EngineOnly(FileLock lock, EmbeddedClickHouse engine) {
        this.lock = lock;
        this.engine = engine;
    }

    /**
     * Starts the engine.
     *
     * @throws CommandFailure when a stack has the directory open
     */
    public static EngineOnly start(DataDirectory data) {
        FileLock lock = data.open()
                .orElseThrow(() -> new CommandFailure(
                        "the data directory '%s' is open in another command that is starting or stopping; try again in a moment"
                                .formatted(data.root())));
        try {
            return new EngineOnly(lock, EmbeddedClickHouse.start(data.clickHouse(), 0));
        } catch (RuntimeException e) {
            DataDirectory.release(lock);
            throw e;
        }
    }

    public ClickHouseAccess access() {
        return ClickHouseAccess.of(engine);
    }

    @Override
    public void close() {
        engine.close();
        DataDirectory.release(lock);
    }
}
