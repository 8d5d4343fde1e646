package io.tidemark.assembly.stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.tidemark.contracts.topic.TopicCatalogue;
import io.tidemark.registry.SchemaRegistry;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Spans in, traces out. State is in memory, bounded, and restored from its changelog. */
final class AssemblyTopology {

    private static final String SPANS = "spans";
    private static final String ASSEMBLER = "assembler";

    private AssemblyTopology() {}

    static Topology build(AssemblyLimits limits, SchemaRegistry registry, MeterRegistry meters) {
        AssemblyMetrics metrics = new AssemblyMetrics(meters);
        ByteArrayDeserializer bytesIn = new ByteArrayDeserializer();
        ByteArraySerializer bytesOut = new ByteArraySerializer();
        return new Topology()
                .addSource(SPANS, bytesIn, bytesIn, TopicCatalogue.SPANS.name())
                .addProcessor(ASSEMBLER, () -> new TraceAssembler(limits, metrics, registry), SPANS)
                .addStateStore(store(TraceAssembler.OPEN), ASSEMBLER)
                .addStateStore(store(TraceAssembler.FINISHED), ASSEMBLER)
                .addSink(TraceAssembler.TRACES, TopicCatalogue.TRACES.name(), bytesOut, bytesOut, ASSEMBLER)
                .addSink(TraceAssembler.LOOSE_SPANS, TopicCatalogue.LOOSE_SPANS.name(), bytesOut, bytesOut, ASSEMBLER)
                .addSink(
                        TraceAssembler.DEAD_LETTERS,
                        TopicCatalogue.SPANS.deadLetterName(),
                        bytesOut,
                        bytesOut,
                        ASSEMBLER);
    }

    private static StoreBuilder<KeyValueStore<Bytes, byte[]>> store(String name) {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray());
    }
}
