package io.tidemark.benchmarks.actions;

import io.tidemark.stack.EmbeddedKafka;
import io.tidemark.stack.EmbeddedRegistry;
import java.nio.file.Path;

/** A broker and a registry for one benchmark. */
record EmbeddedBroker(EmbeddedKafka kafka, EmbeddedRegistry registry) implements AutoCloseable {

    static EmbeddedBroker start(Path folder) {
        EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0);
        return new EmbeddedBroker(
                kafka, EmbeddedRegistry.start(kafka.bootstrapServers(), folder.resolve("registry"), 0));
    }

    @Override
    public void close() {
        registry.close();
        kafka.close();
    }
}
