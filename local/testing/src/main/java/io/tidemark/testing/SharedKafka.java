package io.tidemark.testing;

import io.tidemark.stack.EmbeddedKafka;
import io.tidemark.stack.EmbeddedRegistry;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;

/** The broker and the registry of a test JVM. */
final class SharedKafka implements AutoCloseable {

    private static final String IMAGE = "apache/kafka:4.3.1";

    private final ScratchDirectory directory;
    private final String bootstrapServers;
    private final Runnable broker;
    private EmbeddedRegistry registry;

    private SharedKafka(ScratchDirectory directory, String bootstrapServers, Runnable broker) {
        this.directory = directory;
        this.bootstrapServers = bootstrapServers;
        this.broker = broker;
    }

    static SharedKafka start() {
        ScratchDirectory directory = ScratchDirectory.create("kafka-");
        return isDockerAvailable() ? inContainer(directory) : embedded(directory);
    }

    private static boolean isDockerAvailable() {
        // a machine without Docker is no error here
        Configurator.setLevel("org.testcontainers.dockerclient", Level.OFF);
        return DockerClientFactory.instance().isDockerAvailable();
    }

    private static SharedKafka inContainer(ScratchDirectory directory) {
        KafkaContainer container = new KafkaContainer(IMAGE);
        container.start();
        String servers = container.getBootstrapServers();
        System.out.println("Tests use Kafka in a container (%s) at %s".formatted(IMAGE, servers));
        return new SharedKafka(directory, servers, container::stop);
    }

    private static SharedKafka embedded(ScratchDirectory directory) {
        EmbeddedKafka kafka = EmbeddedKafka.start(directory.path(), 0);
        System.out.println("Tests use the embedded Kafka broker at %s: Docker is not available"
                .formatted(kafka.bootstrapServers()));
        return new SharedKafka(directory, kafka.bootstrapServers(), kafka::close);
    }

    String bootstrapServers() {
        return bootstrapServers;
    }

    synchronized String registryUrl() {
        if (registry == null) {
            registry = EmbeddedRegistry.start(bootstrapServers, directory.path(), 0);
        }
        return registry.url();
    }

    @Override
    public synchronized void close() {
        if (registry != null) {
            registry.close();
        }
        broker.run();
        directory.close();
    }
}
