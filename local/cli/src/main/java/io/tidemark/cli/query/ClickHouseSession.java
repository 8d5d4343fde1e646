package io.tidemark.cli.query;

import io.tidemark.cli.CommandFailure;
import io.tidemark.cli.stack.ClickHouseAccess;
import io.tidemark.cli.stack.DataDirectory;
import io.tidemark.cli.stack.EngineOnly;
import io.tidemark.cli.stack.RunningStack;
import io.tidemark.cli.stack.StackEndpoints;
import io.tidemark.cli.stack.StackOptions;
import java.util.Optional;

/**
 * ClickHouse for the time of one command: the one that is given by URL, else that of the running stack, else an engine that is started on
 * the data directory for as long as the session lasts.
 *
 * @param access how to reach it
 * @param engine the engine that was started for this session; null when there is none
 */
public record ClickHouseSession(ClickHouseAccess access, EngineOnly engine) implements AutoCloseable {

    /** The ClickHouse that the options lead to: a given one, that of a running stack, or an engine of its own. */
    public static ClickHouseSession open(StackOptions options) {
        Optional<ClickHouseAccess> external = options.external().clickHouse();
        if (external.isPresent()) {
            return new ClickHouseSession(external.get(), null);
        }
        Optional<StackEndpoints> running = RunningStack.find(options);
        if (running.isPresent()) {
            return new ClickHouseSession(running.get().clickHouse(), null);
        }
        DataDirectory data = options.data();
        if (!data.exists()) {
            throw new CommandFailure(
                    "there is no data in '%s'; name the directory of an earlier `replay --embedded` or `up` with --data"
                            .formatted(data.root()));
        }
        EngineOnly engine = EngineOnly.start(data);
        return new ClickHouseSession(engine.access(), engine);
    }

    @Override
    public void close() {
        if (engine != null) {
            engine.close();
        }
    }
}
