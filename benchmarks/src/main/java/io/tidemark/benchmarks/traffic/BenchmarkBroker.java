package io.tidemark.benchmarks.traffic;

import io.tidemark.benchmarks.job.TraceTopics;
import io.tidemark.benchmarks.report.ScratchFolder;
import io.tidemark.platform.kafka.KafkaClientSettings;
import io.tidemark.registry.ConfluentSchemaRegistry;
import io.tidemark.stack.EmbeddedKafka;
import io.tidemark.stack.EmbeddedRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A broker and a registry for one benchmark, each a process of its own, with a folder that is deleted at the end.
 *
 * @param folder the folder
 * @param kafka the broker
 * @param registry the registry
 */
public record BenchmarkBroker(ScratchFolder folder, EmbeddedKafka kafka, EmbeddedRegistry registry)
        implements AutoCloseable {

    /** Starts both. */
    public static BenchmarkBroker start() throws IOException {
        ScratchFolder folder = ScratchFolder.create();
        EmbeddedKafka kafka = EmbeddedKafka.start(folder.path().resolve("kafka"), 0);
        return new BenchmarkBroker(
                folder,
                kafka,
                EmbeddedRegistry.start(kafka.bootstrapServers(), folder.path().resolve("registry"), 0));
    }

    /** The folder's path. */
    public Path directory() {
        return folder.path();
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
    public List<String> jobFlags(Path state, String... more) {
        List<String> flags = new ArrayList<>(List.of(more));
        flags.add("--kafka.bootstrap-servers=" + kafka.bootstrapServers());
        flags.add("--registry.url=" + registry.url());
        flags.add("--flink.state-directory=" + state);
        return flags;
    }

    /** Topics of a run, in which the traces and results have this many partitions. */
    public TraceTopics topics(String run, int partitions) {
        return new TraceTopics(clients(), run, partitions);
    }

    @Override
    public void close() throws IOException {
        registry.close();
        kafka.close();
        folder.close();
    }
}
