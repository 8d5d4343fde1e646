package io.tidemark.cli.stack;

import io.tidemark.cli.CommandFailure;
import java.util.Optional;

/** Finds the stack that a command is to work with. */
public final class RunningStack {

    private RunningStack() {}

    /**
     * The parts that are given by URL, completed by the stack that has the data directory open.
     *
     * @throws CommandFailure when a part is neither given nor running
     */
    public static StackEndpoints require(StackOptions options) {
        return find(options)
                .orElseThrow(() -> new CommandFailure(
                        "no stack is running in '%s'; start one with `./tidemark up`, or name its data directory with --data"
                                .formatted(options.data().root())));
    }

    /** The same, empty when a part is neither given nor running. */
    public static Optional<StackEndpoints> find(StackOptions options) {
        ExternalParts external = options.external();
        Optional<StackEndpoints> given = external.all();
        return given.isPresent()
                ? given
                : StackState.ofRunning(options.data()).map(state -> merged(state.endpoints(), external));
    }

    private static StackEndpoints merged(StackEndpoints running, ExternalParts external) {
        return new StackEndpoints(
                external.kafkaBootstrapServers().orElse(running.kafkaBootstrapServers()),
                external.kafkaBootstrapServers().isPresent() ? external.kafkaProperties() : running.kafkaProperties(),
                external.registryUrl().orElse(running.registryUrl()),
                external.clickHouse().orElse(running.clickHouse()));
    }
}
