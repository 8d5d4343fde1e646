package io.tidemark.stack.kafka;

import io.tidemark.platform.process.Lifeline;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/** Main class of the broker's child process. */
public final class KafkaProcess {

    /** What a broker prints when another one has its directory. */
    public static final String DIRECTORY_IS_LOCKED = "the data directory is locked by another broker: ";

    /** Held, and with it the lock, until the process ends. */
    private static FileChannel lockFile;

    private KafkaProcess() {}

    /**
     * Runs a broker until the parent is gone.
     *
     * @param arguments the broker's properties file, and the file that is created when the broker serves clients
     */
    public static void main(String[] arguments) throws Exception {
        Lifeline.exitWhenParentIsGone();
        Path settings = Path.of(arguments[0]);
        lock(settings.resolveSibling("broker.lock"));
        Properties properties = read(settings);
        format(properties);
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(properties), Time.SYSTEM);
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "broker-shutdown"));
        try {
            server.startup();
        } catch (RuntimeException e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
        Files.createFile(Path.of(arguments[1]));
        server.awaitShutdown();
    }

    /**
     * Keeps a second broker off the directory. Kafka's own lock comes too late: by then the second controller has written to the
     * metadata log of the first, which never again creates a topic.
     */
    private static void lock(Path file) throws IOException {
        lockFile = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (lockFile.tryLock() == null) {
            System.err.println(DIRECTORY_IS_LOCKED + file);
            Runtime.getRuntime().halt(1);
        }
    }

    private static Properties read(Path file) throws IOException {
        Properties properties = new Properties();
        try (InputStream input = Files.newInputStream(file)) {
            properties.load(input);
        }
        return properties;
    }

    private static void format(Properties properties) throws Exception {
        String directory = properties.getProperty("log.dirs");
        if (Files.exists(Path.of(directory, "meta.properties"))) {
            return;
        }
        new Formatter()
                .setPrintStream(System.out)
                .setNodeId(Integer.parseInt(properties.getProperty("node.id")))
                .setClusterId(Uuid.randomUuid().toString())
                .addDirectory(directory)
                .setMetadataLogDirectory(directory)
                .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
                .setIgnoreFormatted(true)
                .run();
    }
}
