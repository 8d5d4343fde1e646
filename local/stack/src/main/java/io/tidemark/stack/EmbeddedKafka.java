package io.tidemark.stack;

import io.tidemark.stack.kafka.BrokerSettings;
import io.tidemark.stack.kafka.KafkaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A Kafka broker with its own controller, as a child process on the loopback interface.
 *
 * <p>Its data lives in the data directory and survives {@link #kill} and a new start; production uses a cluster behind the same
 * bootstrap setting.
 */
public final class EmbeddedKafka extends EmbeddedServer {

    private static final String NAME = "Kafka broker";
    private static final Duration START_DEADLINE = Duration.ofSeconds(90);
    private static final Duration STOP_DEADLINE = Duration.ofSeconds(15);

    private final Path dataDirectory;
    private final Path ready;

    private EmbeddedKafka(Path dataDirectory, int port) {
        super(NAME, port, STOP_DEADLINE);
        this.dataDirectory = dataDirectory;
        this.ready = dataDirectory.resolve("broker.ready");
    }

    /**
     * Starts a broker and waits until it answers.
     *
     * @param dataDirectory folder for its data and its log; created when missing, used again when not
     * @param port loopback port, 0 for a free one
     * @throws StackException when the port is in use or the broker does not start
     */
    public static EmbeddedKafka start(Path dataDirectory, int port) {
        EmbeddedKafka kafka = new EmbeddedKafka(dataDirectory.toAbsolutePath(), port);
        kafka.launch();
        return kafka;
    }

    /** Value for {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port();
    }

    @Override
    ChildProcess spawn() {
        try {
            Files.createDirectories(dataDirectory);
            Files.deleteIfExists(ready);
            Path properties = dataDirectory.resolve("broker.properties");
            new BrokerSettings(dataDirectory.resolve("log"), port(), FreePorts.next()).write(properties);
            return ChildProcess.start(new ChildProcess.Specification(
                    NAME,
                    KafkaProcess.class,
                    ChildFlags.broker(),
                    List.of(properties.toString(), ready.toString()),
                    dataDirectory.resolve("broker.log")));
        } catch (IOException e) {
            throw new StackException(
                    "The Kafka broker cannot write to its data directory %s: %s"
                            .formatted(dataDirectory, e.getMessage()),
                    e);
        }
    }

    @Override
    void awaitReady(ChildProcess started) {
        try {
            started.awaitReady(() -> Files.exists(ready), START_DEADLINE);
        } catch (StackException e) {
            throw e.getMessage().contains(KafkaProcess.DIRECTORY_IS_LOCKED)
                    ? StackException.dataInUse("Kafka", dataDirectory, e)
                    : e;
        }
    }
}
