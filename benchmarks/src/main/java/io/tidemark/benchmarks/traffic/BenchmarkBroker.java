package io.tidemark.benchmarks.traffic;

import io.tidemark.contracts.topic.Topic;
import io.tidemark.platform.kafka.KafkaClientSettings;
import io.tidemark.registry.ConfluentSchemaRegistry;
import io.tidemark.stack.EmbeddedKafka;
import io.tidemark.stack.EmbeddedRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * A broker and a registry for one benchmark, each a process of its own, with a folder that is deleted at the end.
 *
 * @param directory the folder
 * @param kafka the broker
 * @param registry the registry
 */
public record BenchmarkBroker(Path directory, EmbeddedKafka kafka, EmbeddedRegistry registry) implements AutoCloseable {

    /** Starts both. */
    public static BenchmarkBroker start() throws IOException {
        Path directory = Files.createTempDirectory("tidemark-benchmark-");
        EmbeddedKafka kafka = EmbeddedKafka.start(directory.resolve("kafka"), 0);
        return new BenchmarkBroker(
                directory, kafka, EmbeddedRegistry.start(kafka.bootstrapServers(), directory.resolve("registry"), 0));
    }

    /** Settings of every Kafka client. */
    public KafkaClientSettings clients() {
        return KafkaClientSettings.plain(kafka.bootstrapServers());
    }

    /** A client of the registry. */
    public ConfluentSchemaRegistry schemas() {
        return new ConfluentSchemaRegistry(registry.url(), Map.of());
    }

    /** Settings of a job that works here. */
    public List<String> jobFlags(Path state) {
        return List.of(
                "--kafka.bootstrap-servers=" + kafka.bootstrapServers(),
                "--registry.url=" + registry.url(),
                "--flink.state-directory=" + state);
    }

    /**
     * Creates topics that keep all they get.
     *
     * @param run name of the run, empty for live traffic
     * @param partitions partitions of each, for topics that have no fewer
     */
    public void createTopics(String run, int partitions, Topic... topics)
            throws ExecutionException, InterruptedException {
        Map<String, String> options = Map.of("retention.ms", "-1", "message.timestamp.type", "LogAppendTime");
        try (Admin admin = Admin.create(clients().client())) {
            admin.createTopics(Stream.of(topics)
                            .map(topic -> new NewTopic(
                                            topic.nameInRun(run), Math.min(partitions, topic.partitions()), (short) 1)
                                    .configs(options))
                            .toList())
                    .all()
                    .get();
        }
    }

    @Override
    public void close() {
        registry.close();
        kafka.close();
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException("'%s' cannot be deleted".formatted(directory), e);
        }
    }
}
