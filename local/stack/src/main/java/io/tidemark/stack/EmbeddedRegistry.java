package io.tidemark.stack;

import io.tidemark.stack.registry.RegistryProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A schema registry as a child process on the loopback interface: the part of Confluent's REST interface that its client uses for
 * Avro. Schemas are kept in the topic {@code _schemas} of the broker; production uses any registry of that interface by its URL.
 */
public final class EmbeddedRegistry extends EmbeddedServer {

    private static final String NAME = "schema registry";
    private static final Duration START_DEADLINE = Duration.ofSeconds(90);
    private static final Duration STOP_DEADLINE = Duration.ofSeconds(10);

    private final String bootstrapServers;
    private final Path logDirectory;
    private final Path ready;

    private EmbeddedRegistry(String bootstrapServers, Path logDirectory, int port) {
        super(NAME, port, STOP_DEADLINE);
        this.bootstrapServers = bootstrapServers;
        this.logDirectory = logDirectory;
        this.ready = logDirectory.resolve("registry.ready");
    }

    /**
     * Starts a registry and waits until it has read the schemas it has and answers.
     *
     * @param logDirectory folder for its log; created when missing
     * @param port loopback port, 0 for a free one
     * @throws StackException when the port is in use or the registry does not start
     */
    public static EmbeddedRegistry start(String bootstrapServers, Path logDirectory, int port) {
        EmbeddedRegistry registry = new EmbeddedRegistry(bootstrapServers, logDirectory.toAbsolutePath(), port);
        registry.launch();
        return registry;
    }

    /** URL for registry clients. */
    public String url() {
        return "http://127.0.0.1:" + port();
    }

    @Override
    ChildProcess spawn() {
        try {
            Files.deleteIfExists(ready);
        } catch (IOException e) {
            throw new StackException(
                    "The schema registry cannot write to %s: %s".formatted(logDirectory, e.getMessage()), e);
        }
        return ChildProcess.start(new ChildProcess.Specification(
                NAME,
                RegistryProcess.class,
                ChildFlags.registry(),
                List.of(bootstrapServers, Integer.toString(port()), ready.toString()),
                logDirectory.resolve("registry.log")));
    }

    @Override
    void awaitReady(ChildProcess started) {
        started.awaitReady(() -> Files.exists(ready), START_DEADLINE);
    }
}
